// A secret that every step of every job would see.
import { workflow } from '../../../src/typed/index.ts';
import { repo, test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  env: { TOKEN: repo.secrets.SCAN_TOKEN }, // error: a secret cannot be used here
  jobs: [test],
});
