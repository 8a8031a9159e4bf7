// A condition as plain text.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  if: 'always()', // error: Type 'string' is not assignable to type 'Condition'
});
