import type { Lock, LockEntry } from '../generate-actions/lock.ts';
import { UserError } from '../terminal/errors.ts';
import type { Pin } from './workflow-pins.ts';

/** A commit of an action that the lock is to have. */
export interface NewPin {
  /** What an author writes in `uses`, without the ref. */
  readonly key: string;
  readonly sha: string;
  /** The tag that points to it. */
  readonly tag: string;
  /** What an error begins with: who wants it, `file:line` of a workflow. */
  readonly place: string;
}

/** A pin that differs from the lock. */
export interface ChangedPin extends NewPin {
  /** What the lock has. */
  readonly locked: LockEntry;
}

/**
 * The pins that are not as the lock, which errors call `lockPath`, has them, one for each action. Throws `UserError` that names the line of a pin
 * that is no full SHA with a version beside it, or not the same everywhere.
 */
export function changedPins(
  pins: readonly Pin[],
  lock: Lock,
  lockPath: string,
): readonly ChangedPin[] {
  const byKey = Map.groupBy(pins, ({ key }) => key);
  return [...byKey].flatMap(([key, uses]) => {
    const locked = Object.hasOwn(lock, key) ? lock[key] : undefined;
    const [first, ...others] = uses;
    if (!first) return [];
    if (!locked)
      throw new UserError(
        `${first.place}: ${lockPath} has no ${key}. Add it (npx staging-pipeline actions add ${key}), or restore the line: git checkout -- .github`,
      );
    const other = others.find(({ ref, version }) => ref !== first.ref || version !== first.version);
    if (other)
      throw new UserError(
        `${key} is not the same everywhere: ${first.place} has ${shown(first)}, ${other.place} has ${shown(other)}. Make both the same.`,
      );
    if (first.ref === locked.sha && first.version === locked.tag) return [];
    return { key, locked, ...checked(first), place: first.place };
  });
}

function checked({ key, ref, version, place }: Pin): {
  readonly sha: string;
  readonly tag: string;
} {
  if (!/^[0-9a-f]{40}$/.test(ref))
    throw new UserError(
      `${place}: ${key} is pinned to "${ref}", which is no full commit SHA (40 hexadecimal digits). A tag can be moved: write the SHA it points to.`,
    );
  if (!version || !/^v?\d[\w.+-]*$/.test(version))
    throw new UserError(
      `${place}: the SHA of ${key} needs its version in a comment beside it, such as "# v1.2.3".`,
    );
  return { sha: ref, tag: version };
}

function shown({ ref, version }: Pin): string {
  return version ? `${ref} # ${version}` : ref;
}
