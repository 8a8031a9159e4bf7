// A value that the axis does not have: nothing would be left out.
import { job, matrix } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const versions = matrix(
  { node: ['22', '24'], system: ['linux', 'windows'] },
  { exclude: [{ node: '20', system: 'linux' }] }, // error: the axis node has no such value
);
export default job('deploy', { ...basics, strategy: { matrix: versions } }).step({
  name: 'A step',
  run: 'true',
});
