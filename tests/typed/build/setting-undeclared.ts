// A variable that the compiler was told to believe in.
import { expression } from '../../../src/typed/expression.ts';
import { job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', basics).step({
  name: 'Deploy',
  env: { HOST: expression<string>('vars.HOSST') }, // error: vars.HOSST is not declared
  run: 'echo "$HOST"',
});

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
