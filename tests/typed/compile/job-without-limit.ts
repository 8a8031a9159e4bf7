// A job that may run for six hours.
import { job } from '../../../src/typed/index.ts';

const definition = { name: 'Deploy', 'runs-on': 'ubuntu-24.04', permissions: {} } as const;
export default job('deploy', definition); // error: Property ''timeout-minutes'' is missing
