import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const release = '20260131T235959Z-0a1b2c3';
const before = '20260130T120000Z-9f8e7d6';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

/** Sets the host's clock: so many seconds from where it is. */
const setClock = (seconds: number) =>
  host.replace('date', `exec /bin/date --date "now ${seconds} seconds" "$@"`);

/** A release that waits to be confirmed, for so many seconds from now. */
async function provisional(seconds: number): Promise<void> {
  const pairs = `release=${release} previous=${before} phase=provisional owner=run`;
  const said = await host.run(`write_transaction ${pairs} $(deadline_in ${seconds})`);
  expect(said).toMatchObject({ exitCode: 0, stderr: '' });
}

async function wouldRecover(): Promise<string | undefined> {
  const { stdout } = await host.call(['recover', '--dry-run', 'yes']);
  return stdout.split('\n').at(-1);
}

const nothing = 'would=do nothing: there is nothing to bring back';
const back = `would=bring back ${before}`;
const day = 24 * 60 * 60;

describe('a deadline', () => {
  it('is none earlier when the clock is set forward, and none later when it is set back', async () => {
    await provisional(900);
    await setClock(960);
    expect(await wouldRecover()).toBe(nothing);
    await provisional(0);
    await setClock(-day);
    expect(await wouldRecover()).toBe(back);
  });

  it('is told as the clock goes now', async () => {
    await provisional(900);
    await setClock(day);
    const { stdout } = await host.call(['status']);
    const [, told] = /^transaction-deadline=(\d+)$/m.exec(stdout) ?? [];
    const expected = Date.now() / 1000 + day + 900;
    expect(Math.abs(Number(told) - expected)).toBeLessThan(10);
  });

  it('is the clock’s where the machine was started since, or where nobody wrote down when it was', async () => {
    for (const boot of ['boot=of-before\n', '']) {
      await setClock(0);
      await provisional(900);
      const text = await readFile(join(host.base, 'state/transaction'), 'utf8');
      await host.write({ 'state/transaction': text.replace(/^boot=.*\n/m, boot) });
      expect(await wouldRecover()).toBe(nothing);
      await setClock(960);
      expect(await wouldRecover()).toBe(back);
    }
  });

  it('is of the machine’s start', async () => {
    const { stdout } = await host.run('uptime_seconds');
    const [uptime = ''] = (await readFile('/proc/uptime', 'utf8')).split(' ');
    expect(Math.abs(Number(stdout) - Number(uptime))).toBeLessThan(3);
  });
});

it('waits for the lock as long as it says, whatever the clock does meanwhile', async () => {
  await host.write({ 'state/lock': 'release 1 by example/shop#7, operation 0a1b\n' });
  const held = spawn('flock', [join(host.base, 'state/lock'), 'sleep', '60'], { stdio: 'ignore' });
  await expect.poll(async () => (await host.call(['status'])).stdout).toContain('working=');
  // Each look at the clock finds it an hour later.
  const looks = join(host.base, 'looks');
  await host.replace(
    'date',
    `echo >>${looks}; exec /bin/date --date "now $(wc -l <${looks}) hours" "$@"`,
  );
  const started = performance.now();
  const { exitCode, stderr } = await host.call(['abort', '--lock-timeout', '2']);
  expect(exitCode).toBe(75);
  expect(stderr).toContain('Waited 2 s for it, in vain');
  // The kernel's uptime is read in whole seconds.
  expect(performance.now() - started).toBeGreaterThan(1000);
  held.kill();
});

it('gives each run that is away its own time to come back, however many went before it', async () => {
  const { stdout } = await host.run(`
    is_gone() { return 0; }
    uptime_seconds() { echo "$at"; }
    look() { at=$1; if is_abandoned; then echo "given up at $1"; fi; }
    write_transaction number=1 client=one
    look 100
    look 109
    look 110
    write_transaction number=2 client=two
    look 111
    look 120
    look 121
  `);
  expect(stdout.split('\n')).toEqual(['given up at 110', 'given up at 121']);
});

it('believes no container to be proven because the clock is late', async () => {
  const inspected = (log: string) =>
    `case "$*" in *Health.Log*) echo '${log}' ;; *) echo "healthy 0 $(/bin/date -u +%FT%TZ)" ;; esac`;
  await setClock(3600);
  const proven = async (log: string) => {
    await host.replace('docker', inspected(log));
    return (await host.run('if is_proven id; then echo yes; else echo no; fi')).stdout;
  };
  expect(await proven('0 0 ')).toBe('no');
  expect(await proven('0 0 0 1 0 ')).toBe('no');
  expect(await proven('0 0 0 0 0 ')).toBe('yes');
});
