import { type CatalogFiles, packageCatalog } from '../generate-actions/catalog-files.ts';
import { readInterfaces } from '../generate-actions/interfaces.ts';
import { homeOf, type LockEntry, readLock } from '../generate-actions/lock.ts';
import { packageRoot } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { entryDifferences } from './entry-differences.ts';
import { fetchEntry } from './fetch-entry.ts';
import type { ActionRepository } from './repository.ts';
import type { WantedAction } from './wanted-actions.ts';
import { writeCatalog } from './write-catalog.ts';

export interface AddOptions {
  /** The repository's top folder. */
  readonly root: string;
  /** The catalog that gets the actions. */
  readonly files: CatalogFiles;
  readonly wanted: readonly WantedAction[];
  /** Opens the repository `owner/name`. */
  readonly open: (name: string) => ActionRepository;
  /** Only tells what would be added. */
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

/**
 * Adds actions to a lock, each at a full commit with what its metadata says there, and makes their types. Throws
 * `UserError`, with nothing written, where one of them cannot be had.
 */
export async function addActions(options: AddOptions): Promise<void> {
  const { root, files, wanted, open, dryRun, print } = options;
  const own = await readLock(root, files.lock);
  const known = { ...(await readLock(packageRoot, packageCatalog.lock)), ...own };
  const added = await Promise.all(
    wanted.map(async (action) => {
      const repository = open(homeOf(action.key).repository);
      const pin = { ...action, ...(await commitOf(repository, action)) };
      return [action.key, await fetchEntry(repository, pin)] as const;
    }),
  );
  for (const [key, entry] of added) for (const line of told(key, entry, known[key])) print(line);
  const lock = { ...own, ...Object.fromEntries(added) };
  const { actions, problems } = await readInterfaces(root, files, lock);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  if (dryRun) return print('Nothing was written: this was a dry run.');
  await writeCatalog(root, files, { lock, actions });
  print(
    `Written: ${files.lock} and ${files.generated}. What an input allows, and which permissions the token needs, no metadata says: see ${files.types}.`,
  );
}

/** The commit that is meant, and the tag that says most of its version: of `v4` and `v4.2.1` the latter. */
async function commitOf(
  repository: ActionRepository,
  { key, ref, place }: WantedAction,
): Promise<{ readonly sha: string; readonly tag: string }> {
  const name = homeOf(key).repository;
  const asked = ref ?? (await repository.latestTag());
  if (asked === undefined)
    throw new UserError(`${place}: ${name} has no release: name a tag or a commit, ${key}@…`);
  const isSha = /^[0-9a-f]{40}$/.test(asked);
  const sha = isSha ? asked : await repository.commitOfTag(asked);
  if (sha === undefined)
    throw new UserError(`${place}: ${name} has no tag ${asked}: its releases are on its page`);
  const tags = (await repository.tagsOf(sha)).filter((tag) => /^v?\d[\w.+-]*$/.test(tag));
  const [tag = isSha ? undefined : asked] = tags.toSorted(
    (one, other) => other.split('.').length - one.split('.').length,
  );
  if (tag !== undefined) return { sha, tag };
  throw new UserError(
    `${place}: no tag of ${name} points to ${sha}, so nobody can tell which version it is, or whether it is of a fork: take the commit of a release`,
  );
}

function told(key: string, entry: LockEntry, before: LockEntry | undefined): string[] {
  if (before) {
    return [
      `${key} ${before.tag} → ${entry.tag}`,
      ...entryDifferences(before, entry).map((line) => `  ${line}`),
    ];
  }
  const inputs = Object.entries(entry.inputs).map(([name, { required, default: value }]) =>
    required && value === null ? `${name} (required)` : name,
  );
  return [
    `${key} ${entry.tag} of ${entry.released}, commit ${entry.sha}`,
    `  inputs: ${inputs.join(', ') || 'none'}`,
    `  outputs: ${entry.outputs.join(', ') || 'none'}`,
  ];
}
