// Text where the input is true or false.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  with: { lfs: 'banana' }, // error: not a value of this input
});
