// A key that only services have, and one that nothing has.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('test', {
  ...basics,
  container: {
    image: 'node:24',
    command: 'node', // error: a container has no key command
    user: 'root', // error: a container has no key user
  },
});
