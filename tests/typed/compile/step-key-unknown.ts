// A key that steps do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: 'true',
  environment: 'staging', // error: a step has no key environment
});
