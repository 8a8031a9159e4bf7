/** What the cases have in common: settings, inputs of a run by hand, steps and jobs without a mistake. */
import { dispatch, environment, github, job, repository, step } from '../../src/typed/index.ts';

export const repo = repository({
  variables: { REGISTRY: 'The registry' },
  secrets: { SCAN_TOKEN: 'The token of the scanner' },
});

export const staging = environment('staging', {
  variables: { HOST: 'The host', URL: 'The address' },
  secrets: { SSH_KEY: 'The key' },
});

export const byHand = dispatch({
  reason: { description: 'Why', type: 'string' },
  dry: { description: 'Only tell', type: 'boolean' },
  action: { description: 'What', type: 'choice', options: ['deploy', 'rollback'] },
});

export const title = github.event.pull_request.title;

/** What every job has to say. */
export const basics = {
  name: 'A job',
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': 5,
  permissions: {},
} as const;

export const checkout = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false },
});

export const image = step({
  id: 'image',
  name: 'Build',
  run: 'echo "digest=sha256:0" >> "$GITHUB_OUTPUT"',
  writes: ['digest'],
});

export const test = job('test', { ...basics, permissions: { contents: 'read' } })
  .step(checkout)
  .step({ name: 'Tests', run: 'npm test' });

export const build = job('build', { ...basics, needs: [test] })
  .step(image)
  .withOutputs({ digest: image.outputs.digest });

export const scan = job('scan', { ...basics, needs: [build] }).step({
  name: 'Scan',
  env: { DIGEST: build.outputs.digest },
  run: 'echo "$DIGEST"',
});
