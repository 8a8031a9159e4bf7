// A secret that other jobs are to read: GitHub drops it.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('deploy', { ...basics, environment: staging })
  .step({ name: 'A step', run: 'true' })
  .withOutputs({
    key: staging.secrets.SSH_KEY, // error: a secret cannot be used here
  });
