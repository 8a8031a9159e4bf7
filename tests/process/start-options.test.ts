import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';

it.each([
  [
    ['--from', 'deploy-staging'],
    'The workflow has no job deploy-staging; it has: settings, test-api',
  ],
  [
    ['--from', 'smoke'],
    'needs the release that deploy makes in the same run: begin with --from deploy.',
  ],
  [['--from', 'deploy', '--fresh'], '--from takes what the run before left, which --fresh removes'],
  [['--suites'], '--suites goes with --from'],
  [['--input', 'load=true'], '--input goes with --event workflow_dispatch'],
  [
    ['--event', 'workflow_dispatch', '--input', 'lod=true'],
    'The workflow has no input lod; it has: reason, action, release, load',
  ],
  [['--base-url', 'http://localhost:1'], '--base-url and arguments go with --suite'],
])('start refuses %j before anything is set up', async (words, says) => {
  const command = join(packageRoot, 'bin/staging-pipeline.mjs');
  const options = { cwd: packageRoot, reject: false } as const;
  const { exitCode, stderr } = await execa('node', [command, 'start', ...words], options);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(says);
  expect(stderr).not.toContain('Docker engine');
});
