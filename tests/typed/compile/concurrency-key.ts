// A key that concurrency does not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  concurrency: {
    group: 'deploy',
    'cancel-in-process': false, // error: concurrency has no key cancel-in-process
  },
});
