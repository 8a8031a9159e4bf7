// A workflow with an empty list of events.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: {}, // error: a workflow needs an event that starts it
  permissions: {},
  jobs: [test],
});
