// A job that looks at a failure, but runs only after success.
import { equals, job, workflow } from '../../../src/typed/index.ts';
import { basics, build, scan, test } from '../sample.ts';

const undo = job('undo', {
  ...basics,
  needs: [scan],
  if: equals(scan.result, 'failure'), // error: needs.scan.result can only be success here: add always()
}).step({ name: 'Undo', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test, build, scan, undo],
});
