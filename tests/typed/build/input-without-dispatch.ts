// An input of a run by hand in a workflow that nobody can start by hand.
import { equals, job, workflow } from '../../../src/typed/index.ts';
import { basics, byHand } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  if: equals(byHand.inputs.dry, false), // error: workflow_dispatch has no input dry
}).step({ name: 'Deploy', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
