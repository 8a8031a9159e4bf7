// A key that the defaults of scripts do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  defaults: {
    run: {
      working_directory: 'api', // error: 'working_directory' does not exist
    },
  },
});
