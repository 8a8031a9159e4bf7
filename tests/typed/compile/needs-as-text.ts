// A job by its name instead of the job.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  needs: ['build'], // error: Type 'string' is not assignable to type 'Job
});
