// A script that nobody can read in the source.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: ['one', 'two'].join(' && '), // error: run has to be written out
});
