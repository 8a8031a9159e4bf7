// A key that jobs do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  'run-on': 'ubuntu-24.04', // error: a job has no key run-on
});
