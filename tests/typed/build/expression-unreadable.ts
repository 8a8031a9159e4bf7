// An expression that GitHub cannot read.
import { expression } from '../../../src/typed/expression.ts';
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { TAG: expression<string>('github.sha ==') }, // error: github.sha == is no expression
  run: 'echo "$TAG"',
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
