import { NormalJob, Step, Workflow } from '@github-actions-workflow-ts/lib';
import { expect, it } from 'vitest';
import { compileWorkflow } from '../../scripts/compile-workflow.ts';

const pin = 'octo/action@0123456789012345678901234567890123456789';

it('writes YAML as a person would: order, flow lists, block scripts, versions, no anchors', () => {
  const shared = { A: 'one', B: '${{ github.sha }}' };
  const first = new NormalJob('first', {
    permissions: {},
    'timeout-minutes': 5,
    'runs-on': 'ubuntu-24.04',
    name: 'First',
    env: shared,
  }).addSteps([
    new Step({ run: 'one\ntwo', env: shared, name: 'Script', id: 'script' }),
    new Step({ with: { key: 'yes' }, uses: pin, name: 'Pinned' }),
    new Step({ uses: './actions/own' }),
  ]);
  const second = new NormalJob('second', { 'runs-on': 'ubuntu-24.04', if: 'always()' })
    .needs([first])
    .addSteps([new Step({ run: 'true' })]);
  const workflow = new Workflow('example', {
    name: 'Example',
    on: { push: { branches: ['develop'] } },
  }).addJobs([first, second]);

  expect(compileWorkflow(workflow, 'workflows/example.ts', new Map([[pin, 'v1.2.3']]))).toBe(
    `# Compiled from workflows/example.ts by \`npm run build:workflows\`: edit that file, not this one.

name: Example

on:
  push:
    branches: [develop]

jobs:
  first:
    name: First
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    env:
      A: one
      B: \${{ github.sha }}
    steps:
      - id: script
        name: Script
        env:
          A: one
          B: \${{ github.sha }}
        run: |-
          one
          two
      - name: Pinned
        uses: ${pin} # v1.2.3
        with:
          key: yes
      - uses: ./actions/own

  second:
    needs: [first]
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
`,
  );
});
