// A step that looks at the failure of one before, but runs only after success.
import { equals, job, workflow } from '../../../src/typed/index.ts';
import { basics, image } from '../sample.ts';

const deploy = job('deploy', basics)
  .step(image)
  .step({
    name: 'Clean up',
    if: equals(image.outcome, 'failure'), // error: steps.image.outcome can only be success here
    run: 'true',
  });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
