// A step that looks at a job before: right where its own job runs after a failure too, and never true elsewhere.
import { always, differs, job, workflow } from '../../../src/typed/index.ts';
import { basics, build, scan, test } from '../sample.ts';

const tell = job('tell', { ...basics, needs: [scan], if: always() }).step({
  name: 'Ask what was scanned',
  if: differs(scan.result, 'skipped'),
  run: 'true',
});

const undo = job('undo', { ...basics, needs: [scan] }).step({
  name: 'Undo',
  if: differs(scan.result, 'success'), // error: needs.scan.result can only be success here: add always()
  run: 'true',
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test, build, scan, tell, undo],
});
