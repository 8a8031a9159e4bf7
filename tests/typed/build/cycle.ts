// Jobs that wait for each other.

import { job, workflow } from '../../../src/typed/index.ts';
import type { Job } from '../../../src/typed/job.ts';
import { basics } from '../sample.ts';

const waiting: Job[] = [];
const first = job('first', {
  ...basics,
  needs: waiting, // error: jobs wait for each other: first → second → first
}).step({ name: 'First', run: 'true' });
const second = job('second', {
  ...basics,
  needs: [first], // error: jobs wait for each other: second → first → second
}).step({ name: 'Second', run: 'true' });
waiting.push(second);

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [first, second],
});
