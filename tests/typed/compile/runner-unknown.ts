// A runner that GitHub does not host.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  'runs-on': 'ubuntu-2404', // error: Did you mean '"ubuntu-24.04"'
});
