import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeSession } from '../../actions/shared/src/ssh/session.ts';
import { type BundledActions, bundleActions } from './run-action.ts';
import { startSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let actions: BundledActions;

beforeAll(async () => {
  actions = await bundleActions('ssh-deploy', 'run-migrations', 'smoke-test');
});
afterEach(async () => {
  // What the post step of a job does.
  for (const name of await readdir(actions.temporaryDirectory))
    if (name.startsWith('ssh-')) await closeSession(join(actions.temporaryDirectory, name));
});
afterAll(() => actions[Symbol.asyncDispose]());

const release = '20260101T000000Z-0a1b2c3';

describe.each([
  [
    'echo This account is currently not available.; exit 1',
    'This account is currently not available.',
  ],
  [
    'echo fatal: Interactive git shell is not enabled. >&2; exit 128',
    'Interactive git shell is not',
  ],
  ['echo ::error::forged; exit 1', 'does not run commands: ::error::forged'],
])('a login shell that runs nothing (%s)', (shell, words) => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['ssh-deploy', { command: 'status' }],
    ['ssh-deploy', { command: 'confirm', release }],
    ['run-migrations', { transport: 'ssh', release, service: 'api' }],
    [
      'smoke-test',
      {
        url: 'http://127.0.0.1:1',
        commit: 'a'.repeat(40),
        timeout: '2',
        tunnel: 'true',
        checks: '[{"name":"All run","kind":"containers"}]',
      },
    ],
  ])('has its own sentence in the error of %s %j', async (action, inputs) => {
    await using sshd = await startSshd({}, { keyOptions: `command="${shell}"` });
    const run = await actions.run(action, {
      ...{ host: '127.0.0.1', port: `${sshd.port}`, user: sshd.user },
      'private-key': sshd.privateKey,
      'known-hosts': sshd.knownHosts,
      'base-directory': '/srv/staging',
      ...inputs,
    });
    expect(run.exitCode).toBe(1);
    const errors = run.log.split('\n').filter((line) => line.startsWith('::error'));
    expect(errors.join('\n')).toContain(words);
    expect(run.log).not.toMatch(/^::error::forged/m);
  });
});
