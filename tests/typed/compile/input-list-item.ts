// An item that the list does not allow.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'aquasecurity/trivy-action',
  with: { severity: ['HIGH', 'LOUD'] }, // error: not a value of this input
});
