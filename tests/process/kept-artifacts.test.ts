import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { temporaryFolder } from '../unit/stand-ins-process.ts';

const script = join(packageRoot, 'scripts/local/third-party/actions/upload-artifact/keep.cjs');
const defaults = {
  NAME: 'browser',
  PATHS: 'reports',
  IF_NO_FILES_FOUND: 'warn',
  RETENTION_DAYS: '',
  COMPRESSION_LEVEL: '',
  OVERWRITE: 'false',
  INCLUDE_HIDDEN_FILES: 'false',
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
  // As the workspace of a local run, below a folder that is hidden.
  const files = ['browser.xml', 'browser/a/trace.zip', 'browser/.secret', 'load.xml'];
  for (const file of files) {
    const path = join(workspace(), 'reports', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file);
  }
});
afterEach(() => folder[Symbol.asyncDispose]());

const workspace = () => join(folder.path, '.cache/workspace');
const kept = () => join(folder.path, 'artifacts');

async function keep(inputs: Partial<typeof defaults> = {}) {
  const { exitCode, stdout } = await execa(process.execPath, [script, kept()], {
    cwd: workspace(),
    env: { ...defaults, ...inputs },
    reject: false,
  });
  const all = await readdir(kept(), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = all
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(kept().length + 1));
  return { exitCode, stdout, files: files.sort() };
}

it('keeps files and folders where they were below what the lines have in common, but hidden ones', async () => {
  const { files } = await keep({ PATHS: 'reports/browser.xml\nreports/browser\n' });
  expect(files).toEqual(['browser/browser.xml', 'browser/browser/a/trace.zip']);
  expect(await readFile(join(kept(), 'browser/browser/a/trace.zip'), 'utf8')).toBe(
    'browser/a/trace.zip',
  );
});

it('takes patterns, leaves out what a line excludes, and keeps hidden files where it is told to', async () => {
  const pattern = await keep({ NAME: 'xml', PATHS: 'reports/*.xml\n!reports/load.xml' });
  expect(pattern.files).toEqual(['xml/browser.xml']);
  const all = await keep({ NAME: 'all', INCLUDE_HIDDEN_FILES: 'true' });
  expect(all.files).toContain('all/browser/.secret');
});

it('keeps a second artifact of one name only where it may replace the first', async () => {
  await keep();
  expect(await keep()).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('There is an artifact "browser" in this run already'),
  });
  const replaced = await keep({ OVERWRITE: 'true', PATHS: 'reports/load.xml' });
  expect(replaced.files).toEqual(['browser/load.xml']);
});

it.each([
  ['error', 1, '::error title=Artifact::No files were found with the path nowhere'],
  ['warn', 0, '::warning title=Artifact::No files were found with the path nowhere'],
  ['ignore', 0, 'No files were found with the path nowhere'],
])('with %s ends in %i where there is nothing to keep', async (how, exitCode, line) => {
  const ended = await keep({ IF_NO_FILES_FOUND: how, PATHS: 'nowhere' });
  expect(ended).toMatchObject({ exitCode, files: [] });
  expect(ended.stdout.startsWith(line)).toBe(true);
});

it.each([
  ['a name that no artifact can have', { NAME: 'a/b' }],
  ['days that are none', { RETENTION_DAYS: '91' }],
  ['a flag that is none', { OVERWRITE: 'yes' }],
  ['a word for nothing that is none', { IF_NO_FILES_FOUND: 'fail' }],
  ['no path', { PATHS: '  ' }],
])('refuses %s, as the real action does', async (_, inputs) => {
  const { exitCode, stdout, files } = await keep(inputs);
  expect([exitCode, files]).toEqual([1, []]);
  expect(stdout).toMatch(/^::error title=Artifact::/);
});
