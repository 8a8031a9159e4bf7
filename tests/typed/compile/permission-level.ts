// A level that permissions do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  permissions: { contents: 'admin' }, // error: Type '"admin"' is not assignable
});
