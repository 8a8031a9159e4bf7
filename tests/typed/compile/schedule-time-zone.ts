// A time zone by its abbreviation, which GitHub does not know.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '0 3 * * *', timezone: 'CET' }] }, // error: a time zone is called as the IANA calls it
  permissions: {},
  jobs: [test],
});
