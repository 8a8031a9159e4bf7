// A secret that nobody declared.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { KEY: staging.secrets.SSH_KYE }, // error: Property 'SSH_KYE' does not exist
  run: 'true',
});
