import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { job } from './compiled-workflow.ts';

const script = job('rollback').steps.find(({ id }) => id === 'ancestry')?.run ?? '';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let merged: string;
let abandoned: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const git = async (...args: string[]) => {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
    return (await execa('git', ['-C', folder.path, ...author, ...args])).stdout;
  };
  const commit = async (title: string) => {
    await git('commit', '--quiet', '--allow-empty', '--message', title);
    return await git('rev-parse', 'HEAD');
  };
  await git('init', '--quiet', '--initial-branch', 'develop');
  merged = await commit('Merged');
  await git('checkout', '--quiet', '-b', 'abandoned');
  abandoned = await commit('Abandoned');
  await git('checkout', '--quiet', 'develop');
  await commit('Newest');
});
afterAll(() => folder[Symbol.asyncDispose]());

/** What a rollback to a release that somebody named is told. */
async function ask(release: string) {
  const output = join(folder.path, 'output');
  await writeFile(output, '');
  const { exitCode, stdout } = await execa('bash', ['-e', '-c', script], {
    cwd: folder.path,
    env: { RELEASE: release, GITHUB_OUTPUT: output },
    reject: false,
  });
  return { exitCode, stdout, output: await readFile(output, 'utf8') };
}

it('goes on with a release or a commit of the branch', async () => {
  for (const release of [`20261122T143642Z-${merged.slice(0, 7)}`, merged.slice(0, 7), merged])
    expect(await ask(release)).toMatchObject({ exitCode: 0, output: '' });
});

it('refuses what is none, and says so', async () => {
  const foreign = [`20261122T143642Z-${abandoned.slice(0, 7)}`, abandoned, 'c0ffee0', '--help'];
  for (const release of foreign) {
    const { exitCode, stdout, output } = await ask(release);
    expect([release, exitCode, output]).toEqual([release, 1, 'refused=true\n']);
    expect(stdout).toContain('::error title=Refused::');
  }
});
