// An axis that the matrix does not have.
import { job, matrix } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const versions = matrix(
  { node: ['22', '24'], system: ['linux', 'windows'] },
  { exclude: [{ nod: '22' }] }, // error: the matrix has no axis nod
);
export default job('deploy', { ...basics, strategy: { matrix: versions } }).step({
  name: 'A step',
  run: 'true',
});
