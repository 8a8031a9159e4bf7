// A shell for an action.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  shell: 'bash', // error: only a step that runs a script has this key
});
