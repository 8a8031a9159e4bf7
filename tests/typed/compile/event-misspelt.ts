// An event that GitHub does not have.
import { equals, github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', {
  ...basics,
  if: equals(github.event_name, 'pull-request'), // error: Argument of type '"pull-request"' is not assignable
});
