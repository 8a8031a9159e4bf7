// One text where the input is a list.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  uses: 'aquasecurity/trivy-action',
  with: { severity: 'HIGH,CRITICAL' }, // error: not a value of this input
});
