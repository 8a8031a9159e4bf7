// An input that the action requires is missing.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/cache',
  with: { path: ['~/.npm'] }, // error: actions/cache requires the input key
});
