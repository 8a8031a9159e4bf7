// An output that the called workflow does not have.
import { call, job } from '../../../src/typed/index.ts';
import { basics, deployOne, given } from '../sample.ts';

const deploy = call('deploy', { name: 'Deploy', uses: deployOne, ...given, permissions: {} });

export default job('tell', { ...basics, needs: [deploy] }).step({
  name: 'Tell',
  env: { RELEASE: deploy.outputs.relaese }, // error: Property 'relaese' does not exist
  run: 'echo "$RELEASE"',
});
