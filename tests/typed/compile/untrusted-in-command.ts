// A commit message in the middle of a command.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { MESSAGE: github.event.head_commit.message },
  run: 'sh -c "echo $MESSAGE"', // error: others write MESSAGE: write
});
