// The result of a job that is needed only by a job before.
import { equals, job } from '../../../src/typed/index.ts';
import { basics, scan, test } from '../sample.ts';

export default job('deploy', {
  ...basics,
  needs: [scan],
  if: equals(test.result, 'success'), // error: needs.test is used, so the job test has to be in this job's needs
});
