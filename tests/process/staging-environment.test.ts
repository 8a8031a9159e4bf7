import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { type FakeHost, startFakeHost } from './fake-host.ts';

const program = fileURLToPath(new URL('staging-with-fake-executor.ts', import.meta.url));

vi.setConfig({ testTimeout: 60_000 });

let host: FakeHost;
let directory: string;

beforeAll(async () => {
  host = await startFakeHost();
  directory = await mkdtemp(join(tmpdir(), 'environment-'));
  await writeFile(join(directory, 'key'), host.sshd.privateKey, { mode: 0o600 });
  await writeFile(join(directory, 'known_hosts'), host.sshd.knownHosts);
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

/** The command line on this repository's own project, over SSH. */
function staging(words: readonly string[], environment: Record<string, string> = {}) {
  const target = [
    ...['--host', '127.0.0.1', '--port', String(host.sshd.port), '--user', host.sshd.user],
    ...['--identity', join(directory, 'key'), '--known-hosts', join(directory, 'known_hosts')],
    ...['--base-directory', host.baseDirectory],
  ];
  return execa(process.execPath, ['--conditions=source', program, ...words, ...target], {
    cwd: packageRoot,
    env: environment,
    reject: false,
  });
}

describe('init on a server', () => {
  const key = 'sk_test_0123456789abcdef';
  const path = () => join(host.baseDirectory, 'shared/.env.staging');

  it('writes nothing with --dry-run, and without what it cannot know', async () => {
    const planned = await staging(['init', '--dry-run']);
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(planned.stdout).toContain(
      `would write 127.0.0.1:${host.sshd.port}:${path()}, mode 0600`,
    );
    const refused = await staging(['init', '--yes']);
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('STRIPE_SECRET_KEY cannot be known');
    await expect(stat(path())).rejects.toThrow('ENOENT');
  });

  it('writes the file whole, for its owner alone, and says none of its secrets', async () => {
    const made = await staging(['init', '--yes'], { STRIPE_SECRET_KEY: key });
    expect(made).toMatchObject({ exitCode: 0, stderr: '' });
    const text = await readFile(path(), 'utf8');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(text).toContain(`\nSTRIPE_SECRET_KEY=${key}\n`);
    const secrets = [...text.matchAll(/^\w+=([0-9a-f]{64})$/gm)].map(([, value = '']) => value);
    expect(new Set(secrets).size).toBe(5);
    for (const each of [...secrets, key]) expect(made.stdout).not.toContain(each);
  });

  it('never overwrites one, and leaves nothing beside it', async () => {
    await writeFile(path(), 'MINE=1\n');
    const refused = await staging(['init', '--yes'], { STRIPE_SECRET_KEY: key });
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain('is there already, and stays as it is');
    expect(await readFile(path(), 'utf8')).toBe('MINE=1\n');
    const { stdout } = await execa('ls', ['-A', join(host.baseDirectory, 'shared')]);
    expect(stdout).toBe('.env.staging');
  });

  it('says why it cannot write', async () => {
    await rm(path());
    await rm(join(host.baseDirectory, 'shared'), { recursive: true });
    await writeFile(join(host.baseDirectory, 'shared'), 'no folder');
    const failed = await staging(['init', '--yes'], { STRIPE_SECRET_KEY: key });
    expect(failed).toMatchObject({ exitCode: 1 });
    expect(failed.stderr).toContain('cannot be written');
    expect(failed.stderr).not.toContain(key);
  });
});

describe('doctor', () => {
  it('asks the server with the rules of the settings and the needs of the stack', async () => {
    await host.answer('doctor', { out: 'checked=versions\nchecked=environment\n' });
    const told = await staging(['doctor', '--optional-services', 'grafana']);
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    expect(told.stdout).toMatch(
      /^✓ 127\.0\.0\.1:\d+: versions, environment\n0 errors, 0 warnings\.$/,
    );
    const asked = (await host.payload('doctor')).toString();
    expect(asked).toContain('\nrule secret POSTGRES_PASSWORD 16\n');
    expect(asked).toContain('\nrule variable GF_SECURITY_ADMIN_PASSWORD grafana\n');
    expect(asked).toMatch(
      /^project=\S+\napplication-services=api frontend\noptional-services=grafana\nmemory=\d+ \d+\nports=[\d ]*8081[\d ]*\n/,
    );
  });

  const findings =
    'finding=error short SECRET_KEY 42 has 5 characters, at least 32 are needed\n' +
    'finding=warning unknown OTHER 60 is known to nobody\n' +
    'finding=error versions - - Docker Engine on this host is 20.10\n';

  it('fails where a deploy would be stopped, and names variable, line and fix', async () => {
    await host.answer('doctor', { out: findings });
    const told = await staging(['doctor']);
    expect(told).toMatchObject({ exitCode: 1 });
    expect(told.stdout.split('\n')).toEqual([
      '✗ line 42: SECRET_KEY has 5 characters, at least 32 are needed',
      '! line 60: OTHER is known to nobody',
      '✗ Docker Engine on this host is 20.10',
      '2 errors, 1 warning.',
    ]);
    const json = JSON.parse((await staging(['doctor', '--json'])).stdout);
    expect(json.findings).toEqual([
      {
        level: 'error',
        code: 'short',
        variable: 'SECRET_KEY',
        line: 42,
        message: 'has 5 characters, at least 32 are needed',
      },
      {
        level: 'warning',
        code: 'unknown',
        variable: 'OTHER',
        line: 60,
        message: 'is known to nobody',
      },
      { level: 'error', code: 'versions', message: 'Docker Engine on this host is 20.10' },
    ]);
  });
});
