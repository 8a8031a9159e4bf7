// An output of a called workflow in a job that does not wait for the call.
import { call, job } from '../../../src/typed/index.ts';
import { basics, deployOne, given } from '../sample.ts';

const deploy = call('deploy', { name: 'Deploy', uses: deployOne, ...given, permissions: {} });

export default job('tell', basics).step({
  name: 'Tell',
  env: { RELEASE: deploy.outputs.release }, // error: needs.deploy is used, so the job deploy has to be in this job's needs
  run: 'echo "$RELEASE"',
});
