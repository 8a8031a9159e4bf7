// A variable of an environment in a job that does not name it.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { HOST: staging.vars.HOST }, // error: the environment staging has this setting
  run: 'true',
});
