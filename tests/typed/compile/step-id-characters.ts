// An id that an expression cannot name.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  id: 'one two', // error: an id has letters, digits, - and _ only
  name: 'A step',
  run: 'true',
});
