// A value that the axis does not have.
import { equals, job, matrix } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const versions = matrix({ node: ['22', '24'] });
export default job('deploy', {
  ...basics,
  strategy: { matrix: versions },
}).step({
  name: 'A step',
  if: equals(versions.values.node, '20'), // error: Argument of type '"20"' is not assignable
  run: 'true',
});
