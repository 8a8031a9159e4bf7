// A list of a job that this one does not wait for.
import { fromJson, job, matrix, step } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const found = step({
  id: 'find',
  name: 'Find',
  run: 'echo "list=[]" >> "$GITHUB_OUTPUT"',
  writes: ['list'],
});
const list = job('list', basics).step(found).withOutputs({ list: found.outputs.list });
const targets = matrix({ target: fromJson(list.outputs.list) });
export default job('deploy', {
  ...basics,
  strategy: { matrix: targets }, // error: needs.list is used, so the job list has to be in this job's needs
}).step({
  name: 'A step',
  run: 'true',
});
