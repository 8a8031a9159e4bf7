// A script that makes variables of what others write.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, title } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { TITLE: title },
  run: 'echo "LAST=$TITLE" >> "$GITHUB_ENV"', // error: the script writes to $GITHUB_ENV what others write in TITLE
});

export default workflow('example', {
  name: 'Example',
  on: { pull_request: {} },
  permissions: {},
  jobs: [deploy],
});
