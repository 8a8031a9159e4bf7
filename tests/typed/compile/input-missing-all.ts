// An action that requires inputs gets none.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({ name: 'A step', uses: 'actions/cache' }); // error: actions/cache requires inputs
