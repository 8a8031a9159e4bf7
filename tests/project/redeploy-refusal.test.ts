import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { job } from './compiled-workflow.ts';

const script = job('deploy').steps.find(({ id }) => id === 'ancestry')?.run ?? '';

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

/** What a redeploy of a recorded release is told; "back" where it is meant as a rollback to one that was never confirmed. */
async function ask(commit: string, back = false) {
  const output = join(folder.path, 'output');
  await writeFile(output, '');
  const { exitCode, stdout } = await execa('bash', ['-e', '-c', script], {
    cwd: folder.path,
    env: { COMMIT: commit, BACK_TO_UNCONFIRMED: String(back), GITHUB_OUTPUT: output },
    reject: false,
  });
  return { exitCode, stdout, output: await readFile(output, 'utf8') };
}

const refused = { exitCode: 1, output: 'refused=true\n' };

it('goes on with a commit of the branch', async () => {
  expect(await ask(merged)).toMatchObject({ exitCode: 0, stdout: '', output: '' });
});

it('refuses one that is none, and says so', async () => {
  for (const commit of [abandoned, 'c0ffee0', '--help', '']) {
    const said = await ask(commit);
    expect([commit, said]).toEqual([commit, { ...refused, stdout: said.stdout }]);
    expect(said.stdout).toContain('is no ancestor of this branch');
  }
});

it('refuses to go back to what was never confirmed, and says what does', async () => {
  const said = await ask(merged, true);
  expect(said).toMatchObject(refused);
  expect(said.stdout).toContain('was never confirmed');
  expect(said.stdout).toContain('to try it once more, deploy it');
});
