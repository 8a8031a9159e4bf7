// Text for what is true or false.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('trial', {
  ...basics,
  environment: {
    name: staging,
    deployment: 'false', // error: not assignable
  },
});
