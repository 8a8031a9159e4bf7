// A step that the compiler was told to believe in.
import { expression } from '../../../src/typed/expression.ts';
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { TAG: expression<string>('steps.build.outputs.tag') }, // error: this job has no step with the id build
  run: 'echo "$TAG"',
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
