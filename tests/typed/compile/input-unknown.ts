// An input that the action does not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout',
  with: { 'persist-credential': false }, // error: actions/checkout has no input persist-credential
});
