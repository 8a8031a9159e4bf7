import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readExecutor } from '../../actions/shared/src/executor.ts';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

let host: ExecutorBase;
const state = (path = '') => join(host.base, 'state', path);

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

/** What of the state somebody else than its owner may open. */
async function open(): Promise<string[]> {
  const entries = await readdir(state(), { recursive: true });
  const modes = ['', ...entries].map(async (path) => ({
    path,
    mode: (await stat(state(path))).mode & 0o77,
  }));
  return (await Promise.all(modes)).flatMap(({ path, mode }) => (mode === 0 ? [] : [path]));
}

const hold = () => host.call(['lock', '--reason', 'demonstration', '--owner', 'cli:anna@pc']);

it('is for the user who deploys alone, who is the only one to hold the lock', async () => {
  expect(await hold()).toMatchObject({ exitCode: 0 });
  expect(await readdir(state())).toEqual(expect.arrayContaining(['journal.jsonl', 'lock', 'hold']));
  expect(await open()).toEqual([]);
  // The host's other directories are for containers, too.
  for (const name of ['releases', 'mounts', 'shared'])
    expect((await stat(join(host.base, name))).mode & 0o777).toBe(0o755);
});

it('is closed where an executor before this one left it open', async () => {
  await host.write({
    'state/lock': 'release by example/shop#7',
    'state/operations/0a1b/log': 'what a container said',
    'state/journal.jsonl': '',
  });
  for (const path of ['', 'operations', 'operations/0a1b']) await chmod(state(path), 0o755);
  expect(await open()).not.toEqual([]);
  expect(await host.call(['status'])).toMatchObject({ exitCode: 0 });
  expect(await open()).toEqual([]);
});

it.runIf(process.getuid?.() === 0)('lets no other user in', async () => {
  await hold();
  for (const path of ['..', '']) await chmod(join(host.base, path), 0o755);
  const nobody = { uid: 65_534, gid: 65_534, reject: false } as const;
  const locked = await execa('flock', ['--nonblock', state('lock'), 'true'], nobody);
  expect(locked.stderr).toContain('Permission denied');
  const read = await execa('cat', [state('journal.jsonl')], nobody);
  expect(read.stderr).toContain('Permission denied');
});

it('says whose the lock is not', async () => {
  await host.write({
    'state/lock': 'release 1 by example/shop#7, operation 0a1b\n',
    'state/operations/0a1b/exit': '0\n',
  });
  const held = spawn('flock', [state('lock'), 'sleep', '20'], { stdio: 'ignore' });
  await expect
    .poll(async () => (await host.call(['status'])).stdout)
    .toMatch(/^working=.*state\/lock is locked by a process that is no deploy: "fuser /m);
  held.kill();
});

const configuration = '{"auths":{"ghcr.io":{"auth":"U0VDUkVUX1RPS0VO"}}}';
const archive = gzipSync(randomBytes(20_000));

it.each([
  ['within the credentials', `${configuration.length}\n${configuration.slice(0, 20)}`],
  ['within the release', `${configuration.length}\n${configuration}${archive.subarray(0, 9000)}`],
  ['before all', ''],
])('keeps nothing of an upload that ends %s', async (_, input) => {
  const { exitCode, stderr } = await host.call(['stage', '--release', '1'], input);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error: standard input ended|error: .*number/);
  expect(await readdir(state('operations'))).toEqual([]);
});

it('clears away what was killed while it received, and what died with credentials; no more', async () => {
  const pending = (name: string) => state(`operations/${name}`);
  // One that receives right now, and one that somebody ended with SIGKILL.
  await hold();
  const script = join(host.base, 'executor.sh');
  await writeFile(script, await readExecutor());
  const receive = () => {
    const child = spawn('sh', [script, 'stage', '--base', host.base, '--release', '1'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin?.write(`${configuration.length}\n${configuration}${archive.subarray(0, 9000)}`);
    return child;
  };
  const receiving = async () =>
    (await readdir(state('operations'))).filter((name) => name.startsWith('.receiving-'));
  const killed = receive();
  await expect.poll(receiving).toHaveLength(1);
  const [left = ''] = await receiving();
  await expect.poll(() => readdir(pending(left))).toContain('upload');
  killed.kill('SIGKILL');
  killed.stdin?.destroy();
  const alive = receive();
  const others = async () => (await receiving()).filter((name) => name !== left);
  await expect.poll(others).toHaveLength(1);
  await expect.poll(receiving).not.toContain(left);
  const [lives = ''] = await receiving();
  await host.write({
    'state/operations/0a1b/alive': '',
    'state/operations/0a1b/log': 'died',
    'state/operations/0a1b/docker/config.json': configuration,
    'state/operations/.receiving-before/docker/config.json': configuration,
  });
  await mkdir(pending('.receiving-now'));
  await utimes(pending('.receiving-before'), 1, 1);
  await host.call(['stage', '--release', '2'], '');
  expect(await readdir(pending('0a1b'))).toEqual(['alive', 'log']);
  expect((await receiving()).sort()).toEqual([lives, '.receiving-now'].sort());
  alive.kill('SIGTERM');
  alive.stdin?.destroy();
  await expect.poll(receiving).toEqual(['.receiving-now']);
});
