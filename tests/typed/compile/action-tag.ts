// An action by its tag: the lock knows the commit.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'actions/checkout@v7', // error: is not assignable to type 'keyof Actions'
});
