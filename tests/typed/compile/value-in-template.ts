// A value in a plain template string.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { TAG: `api:${github.sha}` }, // error: Implicit conversion of a 'symbol' to a 'string'
  run: 'echo "$TAG"',
});
