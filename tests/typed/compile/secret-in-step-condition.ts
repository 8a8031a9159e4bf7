// A secret in the condition of a step.
import { differs, job } from '../../../src/typed/index.ts';
import { basics, repo } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  if: differs(repo.secrets.SCAN_TOKEN, ''), // error: a secret cannot be used here
  run: 'true',
});
