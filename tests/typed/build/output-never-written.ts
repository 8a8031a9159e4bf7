// An output that is written to a file which nobody reads.
import { job, step, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const tag = step({
  id: 'tag',
  name: 'Tag',
  run: 'echo "tag=1" >> output.txt',
  writes: ['tag'],
});
const deploy = job('deploy', basics)
  .step(tag)
  .step({
    name: 'Deploy',
    env: { TAG: tag.outputs.tag }, // error: the script of step tag never writes the output tag to $GITHUB_OUTPUT
    run: 'echo "$TAG"',
  });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
