// A step that does nothing.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({ name: 'A step' }); // error: a step runs a script or uses an action
