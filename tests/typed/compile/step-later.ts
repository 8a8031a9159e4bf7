// The output of a step that comes later.
import { job } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

export default job('deploy', basics)
  .step({
    name: 'Use',
    env: { DIGEST: image.outputs.digest }, // error: no step before this one in this job has the id image
    run: 'echo "$DIGEST"',
  })
  .step(image);
