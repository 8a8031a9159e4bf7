// An expression as plain text.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { SHA: '${{ github.sha }}' }, // error: write an expression as a value
  run: 'echo "$SHA"',
});
