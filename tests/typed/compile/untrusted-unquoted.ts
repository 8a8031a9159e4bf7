// The title of a pull request, unquoted in a script.
import { job } from '../../../src/typed/index.ts';
import { basics, title } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { TITLE: title },
  run: 'echo $TITLE', // error: others write TITLE: write
});
