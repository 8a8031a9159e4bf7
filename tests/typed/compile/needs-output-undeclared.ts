// The output of a job that is not needed.
import { job } from '../../../src/typed/index.ts';
import { basics, build, scan } from '../sample.ts';

export default job('deploy', { ...basics, needs: [scan] }).step({
  name: 'A step',
  env: { DIGEST: build.outputs.digest }, // error: needs.build is used, so the job build has to be in this job's needs
  run: 'echo "$DIGEST"',
});
