// A branch where GitHub gives the whole ref.
import { equals, github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  if: equals(github.ref, 'develop'), // error: Argument of type '"develop"' is not assignable
});
