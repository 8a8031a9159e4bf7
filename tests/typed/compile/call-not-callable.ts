// A workflow that starts by itself only.
import { call, workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

const tests = workflow('tests', { name: 'Tests', on: { push: {} }, permissions: {}, jobs: [test] });

export default call('tests', {
  name: 'Tests',
  uses: tests, // error: this workflow cannot be called: its on has no workflow_call
  permissions: {},
});
