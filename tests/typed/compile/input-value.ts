// A value that the input does not allow.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/setup-node',
  with: { cache: 'bun' }, // error: not a value of this input
});
