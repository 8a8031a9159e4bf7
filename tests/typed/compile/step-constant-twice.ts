// One step with an id, added twice.
import { job } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

export default job('deploy', basics).step(image).step(image); // error: the job has a step with the id image already
