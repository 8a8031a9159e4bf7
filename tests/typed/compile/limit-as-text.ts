// A limit of time as text.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  'timeout-minutes': '5', // error: Type 'string' is not assignable to type 'number'
});
