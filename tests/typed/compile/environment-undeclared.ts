// An environment by its name.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  environment: 'staging', // error: Type 'string' is not assignable to type
});
