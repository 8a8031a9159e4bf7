// A job that is skipped although what it needs has run.
import { cancelled, equals, github, job, not, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const test = job('test', { ...basics, if: equals(github.event_name, 'push') }).step({
  name: 'Test',
  run: 'true',
});
const deploy = job('deploy', { ...basics, needs: [test], if: not(cancelled()) }).step({
  name: 'Deploy',
  run: 'true',
});
const smoke = job('smoke', {
  ...basics,
  needs: [deploy], // error: deploy can run although test was skipped, and then this job is skipped
}).step({ name: 'Smoke', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test, deploy, smoke],
});
