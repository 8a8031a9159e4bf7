// A branch name, unquoted in braces.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { BRANCH: github.head_ref },
  run: 'git switch ${BRANCH}', // error: others write BRANCH: write
});
