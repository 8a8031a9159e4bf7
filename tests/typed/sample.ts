/** What the cases have in common: settings, inputs of a run by hand, steps and jobs without a mistake. */
import {
  dispatch,
  environment,
  github,
  job,
  repository,
  reusable,
  step,
  workflow,
  workflowCall,
} from '../../src/typed/index.ts';

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

/** A workflow that others call. */
export const called = workflowCall({
  inputs: {
    target: { type: 'string', required: true },
    dry: { type: 'boolean', default: false },
    retries: { type: 'number' },
  },
  secrets: { TOKEN: { required: true }, OTHER: {} },
});

export const deployment = job('deployment', basics)
  .step(image)
  .step({
    name: 'Deploy',
    env: { TARGET: called.inputs.target, DRY: called.inputs.dry, TOKEN: called.secrets.TOKEN },
    run: './deploy "$TARGET" "$DRY"',
  })
  .withOutputs({ digest: image.outputs.digest });

export const deployOne = workflow('deploy-one', {
  name: 'Deploy one',
  on: { workflow_call: called.withOutputs({ release: deployment.outputs.digest }) },
  permissions: {},
  jobs: [deployment],
});

/** The same in every call without a mistake. */
export const given = {
  with: { target: 'staging' },
  secrets: { TOKEN: repo.secrets.SCAN_TOKEN },
} as const;

export const released = reusable(
  'octo/shared/.github/workflows/release.yml@0123456789012345678901234567890123456789',
  {
    version: 'v1.2.0',
    inputs: { draft: { type: 'boolean' } },
    outputs: ['tag'],
    permissions: { contents: 'write' },
  },
);
