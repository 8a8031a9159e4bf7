// A constant step that uses one which comes later.
import { job, step } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

const use = step({
  name: 'Use',
  env: { DIGEST: image.outputs.digest },
  run: 'echo "$DIGEST"',
});
export default job('deploy', basics)
  .step(use) // error: no step before this one in this job has the id image
  .step(image);
