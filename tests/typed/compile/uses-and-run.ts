// An action and a script in one step.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  run: 'true', // error: a step runs a script or uses an action, not both
});
