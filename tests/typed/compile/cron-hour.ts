// An hour that days do not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '0 24 * * *' }] }, // error: \"24\" is no hour
  permissions: {},
  jobs: [test],
});
