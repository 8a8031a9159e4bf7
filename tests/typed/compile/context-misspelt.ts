// A field that the context does not have.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { SHA: github.shaa }, // error: Property 'shaa' does not exist
  run: 'echo "$SHA"',
});
