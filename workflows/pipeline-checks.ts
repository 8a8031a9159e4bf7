/** Checks of the pipeline itself, on pull requests: types, generated files, linters, and everything that needs no host. */
import { github, job, text, workflow } from 'staging-pipeline';

const checks = job('checks', {
  name: 'Check the pipeline',
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': 20,
  permissions: { contents: 'read' },
})
  .step({
    name: 'Check out',
    uses: 'actions/checkout',
    with: { 'persist-credentials': false },
  })
  .step({
    name: 'Set up Node.js',
    uses: 'actions/setup-node',
    with: { 'node-version': '24', cache: 'npm' },
  })
  .step({ name: 'Types, generated files and linters', run: 'npm run check' })
  .step({ name: 'Unit tests', run: 'npm run test:unit' });

export default workflow('pipeline-checks', {
  name: 'Pipeline checks',
  on: { pull_request: {} },
  permissions: {},
  concurrency: {
    group: text`pipeline-checks-${github.ref}`,
    'cancel-in-progress': true,
  },
  defaults: { run: { shell: 'bash' } },
  jobs: [checks],
});
