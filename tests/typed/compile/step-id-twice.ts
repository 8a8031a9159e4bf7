// Two steps with one id.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({ id: 'one', name: 'A step', run: 'true' }).step({
  id: 'one', // error: the job has a step with the id one already
  name: 'Another',
  run: 'true',
});
