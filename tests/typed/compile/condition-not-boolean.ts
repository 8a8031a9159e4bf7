// A text where a condition stands: every text but the empty one is true.
import { job } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

export default job('deploy', basics).step(image).step({
  name: 'A step',
  if: image.outputs.digest, // error: Type 'string' is not assignable to type 'boolean'
  run: 'true',
});
