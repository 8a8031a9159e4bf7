// The output of a step in another job.
import { job } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { DIGEST: image.outputs.digest }, // error: no step before this one in this job has the id image
  run: 'echo "$DIGEST"',
});
