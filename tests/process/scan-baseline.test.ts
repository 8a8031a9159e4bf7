import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { parseBaseline } from '../../actions/scan-report/src/judge/baseline.ts';
import { copyOfRepository } from './copy-of-repository.ts';

const finding = (file: string, state: string) => ({
  ...{ scan: 'code', kind: 'code', id: 'B602', package: '', file, line: 7 },
  ...{ severity: 'HIGH', fix: '', title: 'A shell', state },
});

it('takes in what fails on the first day, and afterwards only takes out', async () => {
  await using copy = await copyOfRepository();
  const reports = join(copy.path, 'found');
  const run = async (findings: readonly object[], notChecked = {}) => {
    await mkdir(reports, { recursive: true });
    await writeFile(join(reports, 'findings.json'), JSON.stringify({ notChecked, findings }));
    const command = ['bin/staging-pipeline.mjs', 'scan-baseline', '--reports', 'found'];
    const { stdout } = await execa('node', command, { cwd: copy.path });
    const text = await readFile(join(copy.path, 'scan-baseline.json'), 'utf8');
    const entries = parseBaseline(text, 'scan-baseline.json');
    return { stdout, entries: entries.map(({ file, count }) => [file, count]) };
  };
  const first = await run([
    ...[finding('b.py', 'fails'), finding('a.py', 'fails'), finding('a.py', 'fails')],
    ...[finding('c.py', 'excepted'), finding('d.py', 'reported')],
  ]);
  expect(first.entries).toEqual([
    ['a.py', 2],
    ['b.py', 1],
  ]);
  expect(first.stdout).toContain("scan({ …, baseline: 'scan-baseline.json' })");
  const silent = await run([], { code: 'everything' });
  expect(silent.entries).toEqual(first.entries);
  const later = await run([finding('a.py', 'in the baseline'), finding('new.py', 'fails')]);
  expect(later.entries).toEqual([['a.py', 1]]);
  expect(later.stdout).toContain('1 findings (3 before)');
});

it('says what to do where nothing has been scanned', async () => {
  await using copy = await copyOfRepository();
  const command = ['bin/staging-pipeline.mjs', 'scan-baseline', '--reports', 'nothing'];
  const { exitCode, all } = await execa('node', command, {
    cwd: copy.path,
    reject: false,
    all: true,
  });
  expect(exitCode).not.toBe(0);
  expect(all).toContain('nothing/findings.json cannot be read');
});
