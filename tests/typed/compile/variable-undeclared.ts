// A variable that nobody declared.
import { job } from '../../../src/typed/index.ts';
import { basics, repo } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { REGISTRY: repo.vars.REGISTRI }, // error: Property 'REGISTRI' does not exist
  run: 'true',
});
