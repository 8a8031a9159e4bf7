// An action of the repository before the repository is there.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const smoke = job('smoke', basics).step({
  name: 'Ask',
  uses: './actions/smoke-test', // error: ./actions/smoke-test is in the repository: check it out in a step before
  with: { url: 'https://example.org', commit: '0', checks: '[]' },
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [smoke],
});
