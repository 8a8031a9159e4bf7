// A shell that runners do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: 'true',
  shell: 'zsh', // error: is not assignable to type 'Shell'
});
