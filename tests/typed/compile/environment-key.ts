// A key that environments do not have.
import { job } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

export default job('deploy', {
  ...basics,
  environment: {
    name: staging,
    ulr: staging.vars.URL, // error: an environment has no key ulr
  },
});
