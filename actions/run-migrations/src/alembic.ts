/** One migration, as `alembic history` lists it. */
export interface Revision {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** Reads revision ids, one a line, from `alembic heads` or `alembic current`. */
export function parseRevisions(output: string): string[] {
  return output
    .split('\n')
    .map((line) => /^[A-Za-z0-9_]+/.exec(line)?.[0])
    .filter((revision) => revision !== undefined);
}

/** Reads `alembic history` (lines such as `a1 -> b2 (head), add customers`), newest first as it comes. */
export function parseHistory(output: string): Revision[] {
  return output.split('\n').flatMap((line) => {
    const match =
      /^(?<parents>.+?) -> (?<revision>[A-Za-z0-9_]+)(?: \([^)]*\))*, ?(?<message>.*)$/.exec(line);
    const { parents = '', revision = '', message = '' } = match?.groups ?? {};
    if (revision === '') return [];
    const ids = parents === '<base>' ? [] : (parents.match(/[A-Za-z0-9_]+/g) ?? []);
    return [{ revision, parents: ids, message }];
  });
}

/** The revisions and everything that they build on. */
export function lineage(history: readonly Revision[], revisions: readonly string[]): Set<string> {
  const parentsOf = new Map(history.map((entry) => [entry.revision, entry.parents]));
  const seen = new Set<string>();
  const queue = [...revisions];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...(parentsOf.get(next) ?? []));
  }
  return seen;
}

/** The migrations that lie between two states of the database, oldest first. */
export function revisionsBetween(
  history: readonly Revision[],
  from: readonly string[],
  to: readonly string[],
): Revision[] {
  const before = lineage(history, from);
  const after = lineage(history, to);
  return history
    .filter(({ revision }) => after.has(revision) && !before.has(revision))
    .toReversed();
}
