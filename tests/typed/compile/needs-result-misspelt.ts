// A result that no job has.
import { equals, job } from '../../../src/typed/index.ts';
import { basics, scan } from '../sample.ts';

export default job('deploy', {
  ...basics,
  needs: [scan],
  if: equals(scan.result, 'sucess'), // error: Argument of type '"sucess"' is not assignable
});
