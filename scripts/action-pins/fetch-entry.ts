import { join } from 'node:path/posix';
import { homeOf, type LockEntry } from '../generate-actions/lock.ts';
import { type Metadata, parseMetadata } from '../generate-actions/metadata.ts';
import { UserError } from '../terminal/errors.ts';
import type { NewPin } from './changed-pins.ts';
import type { ActionRepository } from './repository.ts';

/**
 * The entry of the lock for a pin, as its repository knows its commit. Throws `UserError` where the commit is not
 * there, has no metadata of an action, or is not the one that the tag in the comment points to.
 */
export async function fetchEntry(repository: ActionRepository, pin: NewPin): Promise<LockEntry> {
  const { sha, tag } = pin;
  const day = await repository.dayOfCommit(sha);
  if (day === undefined)
    throw new UserError(
      `${pin.place}: ${homeOf(pin.key).repository} has no commit ${sha}. Take the SHA from the page of the release ${tag}, or restore the line: git checkout -- .github`,
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
  };
}

// A commit of a fork is found under the name of the repository too: only the tag tells that it belongs there.
async function verifyTag(repository: ActionRepository, pin: NewPin): Promise<void> {
  const { sha, tag, place } = pin;
  const target = await repository.commitOfTag(tag);
  if (target === sha) return;
  const found =
    target === undefined
      ? `${homeOf(pin.key).repository} has no such tag`
      : `that tag of ${homeOf(pin.key).repository} points to ${target}`;
  throw new UserError(
    `${place}: the comment says ${tag}, but ${found}; the line pins ${sha}. The comment is wrong or the tag was moved: find out which before anything runs this commit.`,
  );
}

async function fetchMetadata(repository: ActionRepository, pin: NewPin): Promise<Metadata> {
  const { folder, repository: name } = homeOf(pin.key);
  for (const path of [join(folder, 'action.yml'), join(folder, 'action.yaml')]) {
    const text = await repository.file(path, pin.sha);
    if (text !== undefined) return parseMetadata(text, `${name}/${path}@${pin.tag}`);
  }
  throw new UserError(
    `${pin.place}: ${name} has no ${join(folder, 'action.yml')} at ${pin.tag}: the action was moved or removed. Read its release notes.`,
  );
}
