import type { LockEntry } from '../generate-actions/lock.ts';
import { type Metadata, parseMetadata } from '../generate-actions/metadata.ts';
import { UserError } from '../terminal/errors.ts';
import type { ChangedPin } from './changed-pins.ts';
import type { Repository } from './github.ts';

/**
 * The entry of the lock for a changed pin, as GitHub knows its commit. Throws `UserError` where the commit is not
 * there, has no metadata of an action, or is not the one that the tag in the comment points to.
 */
export async function fetchEntry(repository: Repository, pin: ChangedPin): Promise<LockEntry> {
  const { sha, tag, locked } = pin;
  const day = await repository.dayOfCommit(sha);
  if (day === undefined)
    throw new UserError(
      `${pin.place}: ${pin.repository} has no commit ${sha}. Take the SHA from the page of the release ${tag}, or restore the line: git checkout -- .github`,
    );
  await verifyTag(repository, pin);
  const { using, inputs, outputs } = await fetchMetadata(repository, pin);
  return {
    tag,
    sha,
    released: (await repository.dayOfRelease(tag)) ?? day,
    using,
    inputs: Object.fromEntries(
      [...inputs].map(([name, { required, default: value = null }]) => [
        name,
        { required, default: value },
      ]),
    ),
    outputs: [...outputs].sort(),
    ...(locked.path === undefined ? {} : { path: locked.path }),
  };
}

// A commit of a fork is found under the name of the repository too: only the tag tells that it belongs there.
async function verifyTag(repository: Repository, pin: ChangedPin): Promise<void> {
  const { sha, tag, place } = pin;
  const target = await repository.commitOfTag(tag);
  if (target === sha) return;
  const found =
    target === undefined
      ? `${pin.repository} has no such tag`
      : `that tag of ${pin.repository} points to ${target}`;
  throw new UserError(
    `${place}: the comment says ${tag}, but ${found}; the line pins ${sha}. The comment is wrong or the tag was moved: find out which before anything runs this commit.`,
  );
}

async function fetchMetadata(repository: Repository, pin: ChangedPin): Promise<Metadata> {
  const folder = pin.locked.path === undefined ? '' : `${pin.locked.path}/`;
  for (const path of [`${folder}action.yml`, `${folder}action.yaml`]) {
    const text = await repository.file(path, pin.sha);
    if (text !== undefined) return parseMetadata(text, `${pin.repository}/${path}@${pin.tag}`);
  }
  throw new UserError(
    `${pin.place}: ${pin.repository} has no ${folder}action.yml at ${pin.tag}: the action was moved or removed. Read its release notes.`,
  );
}
