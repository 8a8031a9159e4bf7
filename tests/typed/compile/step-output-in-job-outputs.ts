// A job hands on the output of a step that it does not have.
import { job } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

export default job('deploy', basics).step({ name: 'A step', run: 'true' }).withOutputs({
  digest: image.outputs.digest, // error: no step before this one in this job has the id image
});
