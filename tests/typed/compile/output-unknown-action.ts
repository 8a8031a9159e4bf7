// An output that the action does not have.
import { step } from '../../../src/typed/index.ts';

const checkedOut = step({ id: 'source', name: 'Check out', uses: 'actions/checkout' });
export default checkedOut.outputs.sha; // error: Property 'sha' does not exist
