import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

const hashOf = (line: string) => createHash('sha256').update(line).digest('hex');
const noHash = '0'.repeat(64);

/** A sound journal of so many lines, as executors have always written them. */
function journalOf(count: number, detail = 'a detail'): string[] {
  let previous = noHash;
  return Array.from({ length: count }, (_, index) => {
    const line = `{"seq":${index + 1},"at":"2026-01-01T00:00:00Z","operation":"0a1b","owner":"example/shop#7","verb":"release","release":"20260101T000000Z-1111111","step":"health","event":"done","detail":"${detail}","previous":"${previous}"}`;
    previous = hashOf(line);
    return line;
  });
}

const writeJournal = (lines: readonly string[]) =>
  host.write({ 'state/journal.jsonl': lines.map((line) => `${line}\n`).join('') });

const journal = (lines = 1) => host.call(['journal', '--lines', String(lines)]);

/** Lets the executor write so many lines, in files of five of which three stay. */
const grow = (count: number) =>
  host.run(
    `journal_part=5 journal_parts=3 operation=0a1b owner=run\nfor n in $(seq ${count}); do journal grow 'done' "$n"; done`,
  );

it('verifies fifty thousand lines with few processes, and finds the one that was changed', async () => {
  const lines = journalOf(50_000);
  await writeJournal(lines);
  await host.replace('sha256sum', `echo >>${host.base}/hashed; command -p sha256sum "$@"`);
  const { stdout } = await journal();
  expect((await host.read('hashed')).length).toBeLessThan(60);
  expect(stdout.split('\n').slice(1)).toEqual([
    'verified=50000',
    `journal=50000 ${hashOf(lines.at(-1) ?? '')}`,
  ]);
  await writeJournal(lines.with(24_999, (lines[24_999] ?? '').replace('#7', '#8')));
  const broken = await journal();
  expect(broken.exitCode).toBe(1);
  expect(broken.stderr).toMatch(/line 25001 of \S+ does not continue the line before/);
});

it('a journal that grows goes on in another file, and is one chain', async () => {
  expect(await grow(17)).toMatchObject({ exitCode: 0, stderr: '' });
  const before = ['journal-000000005.jsonl', 'journal-000000010.jsonl', 'journal-000000015.jsonl'];
  expect(await readdir(join(host.base, 'state'))).toEqual(expect.arrayContaining(before));
  const { stdout, exitCode } = await journal(1000);
  expect(exitCode).toBe(0);
  const lines = stdout.split('\n').filter((line) => line.startsWith('line='));
  const read = lines.map((line) => JSON.parse(line.slice('line='.length)));
  // Each file begins with a line of its own about the ones before.
  expect(read.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(read.filter(({ step }) => step === 'grow').map(({ detail }) => Number(detail))).toEqual(
    Array.from({ length: 17 }, (_, index) => index + 1),
  );
  expect(stdout).toContain(`journal=20 ${hashOf(lines.at(-1)?.slice('line='.length) ?? '')}`);
});

it('only so many files stay, and none of these can go', async () => {
  await grow(40);
  const names = async () =>
    (await readdir(join(host.base, 'state'))).filter((name) => name.startsWith('journal-'));
  expect(await names()).toHaveLength(3);
  expect(await journal()).toMatchObject({ exitCode: 0 });
  for (const name of await names()) {
    const text = await host.read(`state/${name}`);
    await host.write({ [`state/${name}`]: text.replace('"owner":"run"', '"owner":"ruN"') });
    expect(await journal()).toMatchObject({ exitCode: 1 });
    await rm(join(host.base, 'state', name));
    expect(await journal()).toMatchObject({ exitCode: 1 });
    await host.write({ [`state/${name}`]: text });
  }
  expect(await journal()).toMatchObject({ exitCode: 0 });
  await rm(join(host.base, 'state/journal.jsonl'));
  expect((await journal()).stderr).toContain('journal.jsonl is gone');
});

it('a line that a crash cut off is told, and no fault of anybody', async () => {
  const [first = '', second = ''] = journalOf(2);
  await writeJournal([first, second.slice(0, 40)]);
  await grow(1);
  const { exitCode, stdout } = await journal(10);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^verified=2\ntorn=1\njournal=3 /m);
});

it('tells the hashes of its last lines, of the files before too', async () => {
  await grow(12);
  const { stdout } = await host.call(['status', '--recent-lines', '9']);
  const [, first, hashes = ''] = /^journal-recent=(\d+) (.*)$/m.exec(stdout) ?? [];
  const all = (await journal(9)).stdout.split('\n').filter((line) => line.startsWith('line='));
  expect(first).toBe('6');
  expect(hashes.split(' ')).toEqual(
    all.map((line) => hashOf(line.slice('line='.length)).slice(0, 16)),
  );
});

it('what could not be verified is no sound journal', async () => {
  await writeJournal(journalOf(3));
  await host.replace('sha256sum', 'exit 1');
  const { exitCode, stdout, stderr } = await journal();
  expect(exitCode).toBe(1);
  expect(stdout).not.toContain('verified=');
  expect(stderr).toContain('could not be found out');
});

it('tells no half-written line: the one before stands', async () => {
  const [first = '', second = ''] = journalOf(2);
  await host.write({ 'state/journal.jsonl': `${first}\n${second.slice(0, 40)}` });
  const { stdout } = await host.call(['status', '--recent-lines', '9']);
  expect(stdout).toContain(`journal=1 ${hashOf(first)}`);
  expect(stdout).not.toContain('journal-recent');
});

describe('a line beside whatever is at work', () => {
  const beside = async (executor: string) => {
    await host.write({
      'state/operations/0a1b/executor.sh': executor,
      'state/lock': 'release by example/shop#7 since now, operation 0a1b\n',
    });
    const { stdout } = await host.run(`
      work_verb=exec owner=cli:ines@laptop
      flock --no-fork "$state/lock" sleep 3 >/dev/null &
      sleep 0.5
      journal_beside exec intent 'api: sh'
      if flock --nonblock "$state/lock" true; then echo waited; else echo beside; fi`);
    return stdout;
  };

  it('waits only where that could write at the same moment', async () => {
    expect(await beside('exec 7>>"$state/journal.lock"')).toBe('beside');
    expect(await beside('an executor that locks no journal')).toBe('waited');
  });

  it('is one chain with what is written at the same time', async () => {
    const write = 'for n in $(seq 20); do journal grow "done" "$n"; done';
    const ran = await host.run(
      `operation=0a1b owner=run\n(${write}) &\n(${write}) &\n${write}\nwait`,
    );
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect((await journal()).stdout).toContain('verified=60\n');
  });
});
