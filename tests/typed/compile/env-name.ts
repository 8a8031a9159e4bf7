// A name that no script can read.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { 'MY-TAG': '1' }, // error: a script cannot read MY-TAG
  run: 'true',
});
