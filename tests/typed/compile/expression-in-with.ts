// An expression as plain text in an input.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  with: { ref: '${{ github.head_ref }}' }, // error: write an expression as a value
});
