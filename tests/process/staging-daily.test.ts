import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { type DockerHost, startDockerHost } from './docker-host.ts';
import { processesNaming } from './ssh-session.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let host: DockerHost;
let directory: string;
let target: readonly string[];

beforeEach(async () => {
  host = await startDockerHost();
  directory = await mkdtemp(join(tmpdir(), 'daily-'));
  await writeFile(join(directory, 'key'), host.sshd.privateKey);
  await chmodPrivate(join(directory, 'key'));
  await writeFile(join(directory, 'known_hosts'), host.sshd.knownHosts);
  await mkdir(join(directory, 'tmp'));
  target = [
    ...['--host', '127.0.0.1', '--port', String(host.sshd.port), '--user', host.sshd.user],
    ...['--identity', join(directory, 'key'), '--known-hosts', join(directory, 'known_hosts')],
    ...['--base-directory', host.baseDirectory],
  ];
  await host.container({ id: 'aaa1', service: 'api', number: 1 });
  await host.container({ id: 'ddd1', service: 'db', number: 1 });
});
afterEach(async () => {
  await expect.poll(() => processesNaming(host.directory), { timeout: 20_000 }).toEqual([]);
  expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  const state = await readdir(join(host.baseDirectory, 'state')).catch(() => []);
  expect(state.filter((name) => /^\.(?:enter|follow)/.test(name))).toEqual([]);
  await host[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

async function chmodPrivate(file: string): Promise<void> {
  await execa('chmod', ['600', file]);
}

/** What the command line writes of its own goes where this test looks; what Node.js has compiled stays for the next one. */
const temporary = () => ({
  TMPDIR: join(directory, 'tmp'),
  NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
});

const cli = [
  process.execPath,
  '--conditions=source',
  join(packageRoot, 'scripts/cli.ts'),
  'staging',
];

function start(
  words: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly env?: Record<string, string> } = {},
) {
  const [program = '', ...first] = cli;
  return execa(program, [...first, ...words], {
    cwd: packageRoot,
    reject: false,
    extendEnv: false,
    timeout: 90_000,
    input: options.input ?? '',
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      ...temporary(),
      ...options.env,
    },
  });
}

const run = (...words: string[]) => start([words[0] ?? '', ...target, ...words.slice(1)]);

describe('logs', () => {
  beforeEach(async () => {
    await host.log('aaa1', '2026-01-01T00:00:01.000000000Z api begins');
    await host.log('ddd1', '2026-01-01T00:00:02.000000000Z db begins');
    await host.log(
      'aaa1',
      '2026-01-01T00:00:03.000000000Z ERROR \u001b[31mno\u001b[2J \u202etable',
    );
  });

  it('are of all containers in the order of time, and do nothing to a terminal', async () => {
    const { stdout, exitCode } = await run('logs');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'api-1 | api begins',
      'db-1 | db begins',
      'api-1 | ERROR no table',
    ]);
    expect((await run('logs', 'api', '--tail', '1')).stdout).toBe('api-1 | ERROR no table');
    expect((await run('logs', 'db', 'api', '--grep', 'ERR|db beg')).stdout.split('\n')).toEqual([
      'db-1 | db begins',
      'api-1 | ERROR no table',
    ]);
    expect(await run('logs', '--grep', 'nothing like it')).toMatchObject({
      exitCode: 0,
      stdout: '',
    });
  });

  it('name the service that there is none of, and the pattern that is none', async () => {
    const none = await run('logs', 'apx');
    expect(none).toMatchObject({ exitCode: 1, stdout: '' });
    expect(none.stderr).toContain(
      'Error: logs: the live release has no service apx; it has api db',
    );
    const { exitCode, stderr } = await run('logs', '--grep', '(');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('--grep takes an extended regular expression, which "(" is not');
  });

  it('are followed over a deploy and a restart until Ctrl-C, which ends them on both sides', async () => {
    const following = start(['logs', ...target, '-f', 'api', '--grep', 'line']);
    const lines: string[] = [];
    following.stdout.on('data', (bytes) => lines.push(...String(bytes).trim().split('\n')));
    const shown = (...wanted: string[]) =>
      expect.poll(() => lines, { timeout: 30_000 }).toEqual(wanted);
    await host.log('aaa1', 'line 1');
    await shown('api-1 | line 1');
    await host.log('aaa1', 'another');
    await host.log('ddd1', 'line of db');
    const api2 = { id: 'aaa2', service: 'api', number: 2 };
    await host.log('aaa2', 'line 2, before anybody knew');
    await host.started(api2);
    await shown('api-1 | line 1', 'api-2 | line 2, before anybody knew');
    await host.started({ id: 'ddd2', service: 'db', number: 2 });
    await host.stopped('aaa1');
    await host.log('aaa2', 'line \u001b[1m3');
    await shown('api-1 | line 1', 'api-2 | line 2, before anybody knew', 'api-2 | line 3');
    // What Docker starts again is shown from where it stopped.
    const finished = '2026-01-02T00:00:00Z';
    await host.started({ ...api2, started: '2026-01-02T00:00:01Z', finished });
    await expect
      .poll(async () => await host.calls(), { timeout: 20_000 })
      .toContain(`logs --follow --since ${finished} aaa2`);
    following.kill('SIGINT');
    const { exitCode, stderr } = await following;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('end where the engine does, and where nobody reads them any more', async () => {
    await host.engineStopped();
    const ended = await run('logs', '-f', 'db');
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('Error: logs: the Docker engine tells no more of containers');
    await rm(join(host.directory, 'engine-stopped'));
    const words = [...cli, 'logs', ...target, '-f', 'db'].map((word) => `'${word}'`).join(' ');
    const piped = execa('sh', ['-c', `${words} | head -n 1`], {
      cwd: packageRoot,
      env: { HOME: directory, ...temporary() },
      timeout: 60_000,
    });
    const writing = setInterval(() => void host.log('ddd1', 'more'), 300);
    expect((await piped).stdout).toContain('db-1 | ');
    clearInterval(writing);
  });
});

describe('exec', () => {
  const print = 'for word in "$@"; do printf "<%s>" "$word"; done';
  const exec = (...words: string[]) => start(['exec', ...target, 'api', '--', ...words]);

  it('gives the arguments exactly, and passes the exit code on', async () => {
    const words = ['', ' a  b ', "it's", '"$HOME" `id` \\ *', '--word', '-x', 'é漢\n', '--base'];
    const ran = await exec('sh', '-c', print, 'sh', ...words);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toBe(words.map((word) => `<${word}>`).join(''));
    for (const code of [1, 70, 72, 255])
      expect((await exec('sh', '-c', `echo told >&2; exit ${code}`)).exitCode).toBe(code);
  });

  it('hands every byte on, in and out', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
    const [program = '', ...first] = cli;
    const { stdout, exitCode } = await execa(
      program,
      [...first, 'exec', ...target, 'db', '--', 'cat'],
      {
        cwd: packageRoot,
        input: bytes,
        encoding: 'buffer',
        env: { ...temporary() },
      },
    );
    expect(exitCode).toBe(0);
    expect(Buffer.compare(stdout, bytes)).toBe(0);
  });

  it('does not wait for an input that nobody ends', async () => {
    const [program = '', ...first] = cli;
    const running = execa(program, [...first, 'exec', ...target, 'api', '--', 'echo', 'done'], {
      cwd: packageRoot,
      stdin: 'pipe',
      env: { ...temporary() },
      timeout: 60_000,
    });
    expect((await running).stdout).toBe('done');
  });

  it('ends where nobody reads any more', async () => {
    const words = [...cli, 'exec', ...target, 'api', '--', 'yes'].map((word) => `'${word}'`);
    const line = `{ ${words.join(' ')}; echo "code $?" >&2; } | head -n 1`;
    const { stdout, stderr } = await execa('sh', ['-c', line], {
      cwd: packageRoot,
      env: temporary(),
      timeout: 60_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'y', stderr: 'code 141' });
  });

  it('hands variables on by their names, with values that no command line shows', async () => {
    const value = 'se cret\n$x é\n\n';
    const words = ['exec', ...target, 'api', '-e', 'TOKEN', '--env', 'base', '--', 'sh', '-c'];
    const shown = 'printf "%s|%s" "$TOKEN" "$base"; cat /proc/[0-9]*/cmdline | tr "\\0" " " >&2';
    const ran = await start([...words, shown], { env: { TOKEN: value, base: '/nowhere' } });
    expect(ran.stdout).toBe(`${value}|/nowhere`);
    expect(ran.stderr).not.toContain('se cret');
    expect((await host.calls()).find((call) => call.startsWith('exec '))).toMatch(
      /^exec --interactive --env base --env TOKEN aaa1 sh -c |^exec --interactive --env TOKEN --env base aaa1 sh -c /,
    );
    const missing = await start([...words, 'true']);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain('--env TOKEN: there is no variable of that name');
    const named = await start(['exec', ...target, '-e', 'A=b', 'api', '--', 'true']);
    expect(named.exitCode).toBe(2);
    const docker = await start(['exec', ...target, '-e', 'DOCKER_HOST', 'api', '--', 'true'], {
      env: { DOCKER_HOST: 'x' },
    });
    expect(docker).toMatchObject({ exitCode: 1 });
    expect(docker.stderr).toContain('DOCKER_HOST means something on this host too');
  });

  it('is journaled with who, which service and how it ended, and no argument', async () => {
    await exec('sh', '-c', 'exit 3', 'argument-that-may-be-a-secret');
    await exec('PASSWORD=secret', 'x');
    const journal = (await host.read('state/journal.jsonl')).trim().split('\n');
    const entries = journal.map((line) => JSON.parse(line));
    expect(entries.map(({ event, detail }) => `${event} ${detail}`)).toEqual([
      'intent api: sh, 3 arguments',
      'done api: sh, 3 arguments: exit code 3',
      'intent api: a program, 1 arguments',
      expect.stringMatching(/^done api: a program, 1 arguments: exit code 12[67]$/),
    ]);
    for (const entry of entries)
      expect(entry).toMatchObject({
        verb: 'exec',
        release: host.release,
        owner: expect.stringMatching(/^cli:/),
      });
    expect(journal.join('')).not.toMatch(/secret/);
    const audit = await run('audit');
    expect(audit.stdout).toMatch(/^Verified: 4 lines/);
    expect(audit.stdout).toMatch(/^1 .* exec api: sh, 3 arguments +exit code 3$/m);
  });

  it('refuses what is no service and what does not run, with the exit code of a failure', async () => {
    const none = await start(['exec', ...target, 'apx', '--', 'true']);
    expect(none.exitCode).toBe(1);
    expect(none.stderr).toContain(
      'Error: enter: the live release has no service apx; it has api db',
    );
    await rm(join(host.directory, 'containers/aaa1'));
    expect((await exec('true')).stderr).toContain('no container of api runs');
  });

  it('waits for nobody who is at work', async () => {
    const lock = join(host.baseDirectory, 'state/lock');
    await run('audit');
    const operation = join(host.baseDirectory, 'state/operations/0a1b');
    await mkdir(operation, { recursive: true });
    await writeFile(join(operation, 'executor.sh'), 'flock journal.lock');
    await writeFile(lock, 'release by example/shop#7 since now, operation 0a1b\n');
    const working = execa('flock', ['--no-fork', lock, 'sleep', '50'], { reject: false });
    const began = performance.now();
    expect((await exec('echo', 'done')).stdout).toBe('done');
    expect(performance.now() - began).toBeLessThan(30_000);
    working.kill();
    await working;
  });

  it('has a terminal where this has one', async () => {
    const quoted = [
      ...cli,
      'exec',
      ...target,
      'api',
      '--',
      'sh',
      '-c',
      'test -t 0 && test -t 1 && read -r x && echo "got $x" && exit 4',
    ];
    const line = quoted.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const { stdout, exitCode } = await execa('script', ['-qec', line, '/dev/null'], {
      cwd: packageRoot,
      input: 'hello\n',
      reject: false,
      env: { ...temporary() },
    });
    expect(stdout).toContain('got hello');
    expect(exitCode).toBe(4);
    expect((await host.calls()).find((call) => call.startsWith('exec '))).toContain(
      '--interactive --tty aaa1',
    );
  });
});
