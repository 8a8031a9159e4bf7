// Text where the input is a number.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  with: { 'fetch-depth': 'all' }, // error: not a value of this input
});
