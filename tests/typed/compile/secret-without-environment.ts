// A secret of an environment in a job that does not name it.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { KEY: staging.secrets.SSH_KEY }, // error: the environment staging has this setting, so the job has to name it
  run: 'true',
});
