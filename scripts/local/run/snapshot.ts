import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../terminal/errors.ts';
import { attempt, run } from '../../terminal/process.ts';

/** A commit checked out on the branch that deploys in a folder of its own. */
export interface Snapshot {
  readonly directory: string;
  readonly commit: string;
  readonly parent: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Whether it holds changes that are not committed. */
  readonly dirty: boolean;
}

/** What a snapshot is taken of, and where it goes. */
export interface SnapshotOptions {
  /** The repository's folder. */
  readonly repository: string;
  /** As GitHub calls it, `owner/name`. */
  readonly name: string;
  /** The branch that is checked out. */
  readonly branch: string;
  readonly directory: string;
  /** The commit that the checked-out files are to pass for; that of the files where it is not given. */
  readonly passFor?: string;
}

/**
 * Checks out what a repository holds now, on the branch: its commit, or, with changes in the working tree, a
 * commit made of them. The repository's branches, index and files stay as they are.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { repository, directory } = options;
  const git = async (...args: string[]) => (await run('git', ['-C', repository, ...args])).trim();
  const head = await attempt('git', ['-C', repository, 'rev-parse', '--verify', 'HEAD^{commit}']);
  if (head === undefined)
    throw new UserError(`${repository} has no commit yet: commit once, then run this again.`);
  const dirty = (await git('status', '--porcelain')) !== '';
  const commit = dirty ? await commitWorkingTree(repository, head.trim()) : head.trim();
  const objects = await git('rev-parse', '--path-format=absolute', '--git-path', 'objects');
  const shallow = await git('rev-parse', '--path-format=absolute', '--git-path', 'shallow');
  await checkOut({ ...options, commit, objects, shallow });
  const [parents = '', name = '', email = '', message = ''] = (
    await git('show', '--no-patch', '--format=%P%x00%an%x00%ae%x00%B', commit)
  ).split('\0');
  // Of a merge, the first parent is where the branch was before.
  const [parent = ''] = parents.split(' ');
  return {
    directory,
    commit: options.passFor ?? commit,
    parent,
    message: message.trim(),
    author: { name, email },
    dirty,
  };
}

async function commitWorkingTree(repository: string, head: string): Promise<string> {
  const index = await run('git', [
    '-C',
    repository,
    'rev-parse',
    '--path-format=absolute',
    '--git-path',
    'index.snapshot',
  ]);
  // The same files make the same commit: its identity must not depend on when this runs, or for whom.
  const date = await run('git', ['-C', repository, 'show', '--no-patch', '--format=%cI', head]);
  const env = {
    GIT_INDEX_FILE: index.trim(),
    GIT_AUTHOR_NAME: 'Working tree',
    GIT_AUTHOR_EMAIL: 'working-tree@localhost',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Working tree',
    GIT_COMMITTER_EMAIL: 'working-tree@localhost',
    GIT_COMMITTER_DATE: date,
  };
  const git = async (...args: string[]) =>
    (await run('git', ['-C', repository, ...args], { env })).trim();
  try {
    await git('read-tree', head);
    await git('add', '--all');
    const tree = await git('write-tree');
    const title = await git('log', '-1', '--format=%s', head);
    return await git('commit-tree', tree, '-p', head, '-m', `Working tree on top of: ${title}`);
  } finally {
    await rm(env.GIT_INDEX_FILE, { force: true });
  }
}

async function checkOut({
  commit,
  objects,
  shallow,
  directory,
  name,
  branch,
  passFor,
}: SnapshotOptions & {
  readonly commit: string;
  readonly objects: string;
  readonly shallow: string;
}): Promise<void> {
  const git = async (...args: string[]) => await run('git', ['-C', directory, ...args]);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await git('init', '--quiet', '--initial-branch', branch);
  const alternates = join(directory, '.git/objects/info/alternates');
  await writeFile(alternates, `${objects}\n`);
  if (existsSync(shallow)) await run('cp', [shallow, join(directory, '.git/shallow')]);
  await git('remote', 'add', 'origin', `https://github.com/${name}.git`);
  await git('reset', '--quiet', '--hard', commit);
  if (passFor !== undefined) await moveTo(passFor, directory);
  // In the runner's container the repository's objects are out of reach, and a redeploy looks at the history.
  // It lives for one run: looking for deltas takes longer than they save.
  await git('-c', 'pack.compression=1', 'repack', '-a', '-d', '--quiet', '--window=0');
  await rm(alternates);
}

/** The files stay, and pass for those of another commit. */
async function moveTo(commit: string, directory: string): Promise<void> {
  const reset = ['-C', directory, 'reset', '--quiet', '--soft', commit];
  if ((await attempt('git', reset)) === undefined)
    throw new UserError(
      `The repository no longer has the commit ${commit}, which the images of the run before are of: run the whole pipeline once.`,
    );
}
