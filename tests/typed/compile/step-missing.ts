// A step that does not exist.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { DIGEST: imge.outputs.digest }, // error: Cannot find name 'imge'
  run: 'echo "$DIGEST"',
});
