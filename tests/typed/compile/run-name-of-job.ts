// The output of a job in the name of the run.
import { workflow } from '../../../src/typed/index.ts';
import { build } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  'run-name': build.outputs.digest, // error: needs.build is used
  on: { push: {} },
  permissions: {},
  jobs: [build],
});
