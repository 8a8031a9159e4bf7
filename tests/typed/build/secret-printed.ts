// A script that prints a secret.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, repo } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { TOKEN: repo.secrets.SCAN_TOKEN },
  run: 'echo "The token is $TOKEN"', // error: the script prints the secret TOKEN
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
