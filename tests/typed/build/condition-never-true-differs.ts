// A job that wants a result other than success, but runs only after success.
import { differs, job, workflow } from '../../../src/typed/index.ts';
import { basics, build, scan, test } from '../sample.ts';

const undo = job('undo', {
  ...basics,
  needs: [scan],
  if: differs(scan.result, 'success'), // error: needs.scan.result can only be success here
}).step({ name: 'Undo', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test, build, scan, undo],
});
