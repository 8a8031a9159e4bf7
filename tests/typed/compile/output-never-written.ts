// A declared output that the script never writes.
import { step } from '../../../src/typed/index.ts';

export default step({
  id: 'version',
  name: 'A step',
  run: 'echo "number=1" >> "$GITHUB_OUTPUT"', // error: the script never writes the output version
  writes: ['version'],
});
