// Two jobs with one id.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [
    test,
    test, // error: the workflow has a job with the id test already
  ],
});
