import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { takeSnapshot } from '../../scripts/local/run/snapshot.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const person = { name: 'Camille', email: 'camille@example.org' };

interface Repository extends AsyncDisposable {
  readonly path: string;
  git(...args: string[]): Promise<string>;
  write(file: string, text: string): Promise<void>;
  commit(message: string): Promise<string>;
  /** Takes a snapshot into a folder beside it. */
  snapshot(): ReturnType<typeof takeSnapshot>;
}

const branch = 'develop';

function snapshotOf(repository: string, directory: string) {
  return { repository, directory, name: 'example/shop', branch };
}

/** A real repository on a branch of its own, with no commit yet. */
async function emptyRepository(): Promise<Repository> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'repository');
  const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = async (...args: string[]) => {
    const identity = ['-c', `user.name=${person.name}`, '-c', `user.email=${person.email}`];
    return (await execa('git', ['-C', path, ...identity, ...args], { env })).stdout;
  };
  await mkdir(path);
  await git('init', '--quiet', '--initial-branch', 'topic');
  return {
    path,
    git,
    write: (file, text) => writeFile(join(path, file), text),
    commit: async (message) => {
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', message);
      return await git('rev-parse', 'HEAD');
    },
    snapshot: () => takeSnapshot(snapshotOf(path, join(folder.path, 'snapshot'))),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function repositoryWith(files: Record<string, string>): Promise<Repository> {
  const repository = await emptyRepository();
  for (const [file, text] of Object.entries(files)) await repository.write(file, text);
  await repository.commit('First');
  return repository;
}

/** Everything of a repository that a person would notice a change of. */
async function visible({ git }: Repository): Promise<string[]> {
  return await Promise.all([
    git('status', '--porcelain=v2', '--branch'),
    git('ls-files', '--stage'),
    git('for-each-ref'),
    git('stash', 'list'),
    git('reflog'),
    git('config', '--list', '--local'),
  ]);
}

it('checks out a clean repository at its commit, on develop', async () => {
  await using repository = await repositoryWith({ 'a.txt': 'one' });
  const first = await repository.git('rev-parse', 'HEAD');
  await repository.write('a.txt', 'two');
  const second = await repository.commit('Second\n\nWith a body');
  const snapshot = await repository.snapshot();
  expect(snapshot).toMatchObject({
    commit: second,
    parent: first,
    message: 'Second\n\nWith a body',
    author: person,
    dirty: false,
  });
  const git = async (...args: string[]) =>
    (await execa('git', ['-C', snapshot.directory, ...args])).stdout;
  expect(await git('rev-parse', 'HEAD')).toBe(second);
  expect(await git('branch', '--show-current')).toBe(branch);
  expect(await git('status', '--porcelain')).toBe('');
  expect(await git('log', '--format=%s')).toBe('Second\nFirst');
  expect(await readFile(join(snapshot.directory, 'a.txt'), 'utf8')).toBe('two');
});

it('commits changed, new and removed files, but never ignored ones, and leaves the repository as it was', async () => {
  await using repository = await repositoryWith({
    '.gitignore': '.env.*\n',
    'changed.txt': 'one',
    'removed.txt': 'one',
    'staged.txt': 'one',
  });
  const head = await repository.git('rev-parse', 'HEAD');
  await repository.write('staged.txt', 'two');
  await repository.git('add', 'staged.txt');
  await repository.write('staged.txt', 'three');
  await repository.write('changed.txt', 'two');
  await repository.write('new.txt', 'new');
  await repository.write('.env.staging', 'POSTGRES_PASSWORD=secret');
  await rm(join(repository.path, 'removed.txt'));
  const before = await visible(repository);

  const snapshot = await repository.snapshot();
  const has = (file: string) => existsSync(join(snapshot.directory, file));
  const text = (file: string) => readFile(join(snapshot.directory, file), 'utf8');
  expect(snapshot).toMatchObject({ parent: head, dirty: true });
  expect(snapshot.message).toContain('First');
  expect(await text('changed.txt')).toBe('two');
  expect(await text('staged.txt')).toBe('three');
  expect(await text('new.txt')).toBe('new');
  expect([has('removed.txt'), has('.env.staging')]).toEqual([false, false]);

  expect(await visible(repository)).toEqual(before);
  expect(existsSync(join(repository.path, '.git/index.snapshot'))).toBe(false);
});

it('makes the same commit of the same files, and another of others', async () => {
  await using repository = await repositoryWith({ 'a.txt': 'one' });
  await repository.write('a.txt', 'two');
  const { commit } = await repository.snapshot();
  expect((await repository.snapshot()).commit).toBe(commit);
  await repository.write('a.txt', 'three');
  expect((await repository.snapshot()).commit).not.toBe(commit);
  await repository.write('a.txt', 'two');
  expect((await repository.snapshot()).commit).toBe(commit);
});

it('leaves nothing of the snapshot before', async () => {
  await using repository = await repositoryWith({ 'a.txt': 'one', 'b.txt': 'one' });
  const { directory } = await repository.snapshot();
  await writeFile(join(directory, 'left-over.txt'), '');
  await rm(join(repository.path, 'b.txt'));
  await repository.snapshot();
  expect(existsSync(join(directory, 'left-over.txt'))).toBe(false);
  expect(existsSync(join(directory, 'b.txt'))).toBe(false);
});

it('names the first parent of a merge, which is the develop branch before it', async () => {
  await using repository = await repositoryWith({ 'a.txt': 'one' });
  await repository.git('checkout', '--quiet', '-b', 'feature');
  await repository.commit('Feature');
  await repository.git('checkout', '--quiet', 'topic');
  const parent = await repository.commit('Meanwhile');
  await repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'feature');
  expect(await repository.snapshot()).toMatchObject({ parent, message: 'Merge', dirty: false });
});

it('has no parent at the first commit', async () => {
  await using repository = await repositoryWith({ 'a.txt': 'one' });
  expect(await repository.snapshot()).toMatchObject({ parent: '', message: 'First' });
});

it.each(['a shallow clone', 'a second worktree'])('works in %s', async (kind) => {
  await using repository = await repositoryWith({ 'a.txt': 'one' });
  const commit = await repository.commit('Second');
  const other = join(repository.path, '../other');
  await (kind === 'a shallow clone'
    ? repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, other)
    : repository.git('worktree', 'add', '--quiet', other));
  await writeFile(join(other, 'a.txt'), 'two');
  const snapshot = await takeSnapshot(snapshotOf(other, join(repository.path, '../snapshot')));
  expect(snapshot).toMatchObject({ parent: commit, dirty: true });
  expect(await readFile(join(snapshot.directory, 'a.txt'), 'utf8')).toBe('two');
  const { stdout } = await execa('git', ['-C', snapshot.directory, 'log', '--format=%H']);
  expect(stdout.split('\n')).toContain(commit);
});

it('asks for a commit where there is none', async () => {
  await using repository = await emptyRepository();
  await repository.write('a.txt', 'one');
  await expect(repository.snapshot()).rejects.toThrow(`${repository.path} has no commit yet`);
});
