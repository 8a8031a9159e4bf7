// A secret in the condition of a step by itself.
import { differs, step } from '../../../src/typed/index.ts';
import { repo } from '../sample.ts';

export default step({
  name: 'A step',
  if: differs(repo.secrets.SCAN_TOKEN, ''), // error: a secret cannot be used here
  run: 'true',
});
