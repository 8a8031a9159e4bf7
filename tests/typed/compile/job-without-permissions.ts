// A job that does not say what its token may do.
import { job } from '../../../src/typed/index.ts';

const definition = { name: 'Deploy', 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 5 } as const;
export default job('deploy', definition); // error: Property 'permissions' is missing
