// An id that an expression cannot name.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy it', basics); // error: an id begins with a letter
