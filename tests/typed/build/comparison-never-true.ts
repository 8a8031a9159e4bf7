// A comparison with what a branch is called, where the whole ref stands.
import { github, job, startsWith, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  if: startsWith(github.ref, 'release/'), // error: github.ref begins with refs/
}).step({ name: 'Deploy', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
