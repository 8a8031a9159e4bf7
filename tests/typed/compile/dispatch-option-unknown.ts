// A choice that is not offered.
import { equals, job } from '../../../src/typed/index.ts';
import { basics, byHand } from '../sample.ts';

export default job('deploy', {
  ...basics,
  if: equals(byHand.inputs.action, 'redeploy'), // error: Argument of type '"redeploy"' is not assignable
});
