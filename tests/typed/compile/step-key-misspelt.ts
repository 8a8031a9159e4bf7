// A key with a typing mistake.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: 'true',
  'timeout-minute': 5, // error: a step has no key timeout-minute
});
