// A secret in a condition, which GitHub does not give it.
import { differs, job } from '../../../src/typed/index.ts';
import { basics, repo, staging } from '../sample.ts';

export default job('deploy', {
  ...basics,
  environment: staging,
  if: differs(repo.secrets.SCAN_TOKEN, ''), // error: a secret cannot be used here
});
