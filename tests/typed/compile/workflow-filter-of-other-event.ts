// A filter that the event does not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { pull_request: { tags: ['v*'] } }, // error: 'tags' does not exist in type
  permissions: {},
  jobs: [test],
});
