// A boolean input compared as text.
import { equals, job } from '../../../src/typed/index.ts';
import { basics, byHand } from '../sample.ts';

export default job('deploy', {
  ...basics,
  if: equals(byHand.inputs.dry, 'true'), // error: Argument of type '"true"' is not assignable
});
