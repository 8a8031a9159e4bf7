// A script that reads a name with a typing mistake.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { RELEASE: '1' },
  run: 'echo "$RELAESE"', // error: the script reads $RELAESE, which neither env nor the script sets
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
