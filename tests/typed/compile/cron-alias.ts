// A word instead of five fields.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '@daily' }] }, // error: a cron expression has five fields
  permissions: {},
  jobs: [test],
});
