// The title of a pull request in a script that is read again.
import { job } from '../../../src/typed/index.ts';
import { basics, title } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { TITLE: title },
  run: 'eval "echo $TITLE"', // error: others write TITLE: write
});
