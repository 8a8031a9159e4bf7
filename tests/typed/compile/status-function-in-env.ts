// A status function outside of a condition.
import { job, success } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { OK: success() }, // error: always(), success(), failure() and cancelled() belong in an if
  run: 'true',
});
