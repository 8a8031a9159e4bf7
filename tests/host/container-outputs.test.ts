import { expect, it } from 'vitest';
import { ensureLocalImages } from '../../scripts/local/base-images/ensure-images.ts';
import { localImage } from '../../scripts/local/base-images/local-images.ts';
import { ensureEngine } from '../../scripts/local/machine/engine.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { runWorkflow, workflowFile, workflowRepository } from './local-workflow.ts';

const withoutDocker = await whyNoDocker();

/** A workflow whose first job runs in an image without Node.js, and whose second prints what the first hands on. */
const workflow = (image: string) =>
  JSON.stringify({
    name: 'Container',
    on: 'push',
    jobs: {
      one: {
        'runs-on': 'ubuntu-24.04',
        container: { image, env: { GREETING: 'bonjour' } },
        outputs: {
          plain: '${{ steps.s.outputs.plain }}',
          secret: '${{ steps.s.outputs.secret }}',
        },
        steps: [
          { run: '! command -v node' },
          {
            id: 's',
            env: { KEY: '${{ secrets.KEY }}' },
            run: 'echo "plain=$GREETING" >> "$GITHUB_OUTPUT"; echo "secret=a-$KEY" >> "$GITHUB_OUTPUT"',
          },
        ],
      },
      two: {
        needs: 'one',
        'runs-on': 'ubuntu-24.04',
        steps: [{ env: { GOT: '${{ toJSON(needs.one.outputs) }}' }, run: 'echo $GOT' }],
      },
    },
  });

it.skipIf(withoutDocker)(
  `a job in a container of its own hands on what GitHub would${withoutDocker ? ` (${withoutDocker})` : ''}`,
  async () => {
    const engine = await ensureEngine();
    await ensureLocalImages(engine);
    await using repository = await workflowRepository({
      [workflowFile]: workflow(localImage('staging-host')),
    });
    const { exitCode, output, annotations } = await runWorkflow(repository, {
      engine,
      images: new Map(),
      actions: { folders: new Map(), realBuilds: false, summary: '' },
      secrets: { KEY: 'swordfish' },
    });
    expect(output).toMatch(/"plain": "bonjour"/);
    expect(output).not.toContain('a-swordfish');
    expect(annotations).toEqual(["Skip output 'secret' since it may contain secret."]);
    expect(exitCode).toBe(0);
  },
);
