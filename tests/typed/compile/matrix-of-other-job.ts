// A value of a matrix that is not the job's.
import { job, matrix } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const versions = matrix({ node: ['22', '24'] });
export default job('deploy', basics).step({
  name: 'A step',
  env: { NODE: versions.values.node }, // error: matrix.node is used, so the job's strategy has to have the axis node
  run: 'echo "$NODE"',
});
