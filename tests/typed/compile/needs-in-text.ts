// Text with the output of a job that is not needed.
import { job, text } from '../../../src/typed/index.ts';
import { basics, build } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { IMAGE: text`api@${build.outputs.digest}` }, // error: needs.build is used, so the job build has to be in this job's needs
  run: 'echo "$IMAGE"',
});
