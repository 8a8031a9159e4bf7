// An action that the lock does not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/chekout', // error: Did you mean '"actions/checkout"'
});
