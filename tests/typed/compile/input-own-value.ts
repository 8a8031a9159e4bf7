// A command that our own action does not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: './actions/smoke-test',
  with: {
    url: 'https://example.org',
    commit: '0',
    checks: '[]',
    timeout: 'long', // error: not a value of this input
  },
});
