// An axis that the matrix does not have.
import { matrix } from '../../../src/typed/index.ts';

const versions = matrix({ node: ['22', '24'] });
export default versions.values.nodes; // error: Property 'nodes' does not exist
