// Inputs for a script.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: 'true',
  with: { name: 'value' }, // error: only a step that uses an action has this key
});
