// All permissions at once.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  permissions: 'write-all', // error: has no properties in common with type
});
