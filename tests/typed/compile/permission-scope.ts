// A permission that tokens do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  permissions: { content: 'read' }, // error: 'content' does not exist in type
});
