import { PhaseFailed } from '../../shared/src/errors.ts';
import { lineage, type Revision, revisionsBetween } from './alembic.ts';

/** What the image and the database say about themselves. */
export interface SchemaState {
  readonly heads: readonly string[];
  readonly history: readonly Revision[];
  readonly current: readonly string[];
}

export interface MigrationPlan {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** What will be applied, oldest first. */
  readonly revisions: readonly Revision[];
}

/** Decides what `alembic upgrade TARGET` will do. Throws `PhaseFailed` where it must not run. */
export function planMigration(state: SchemaState, target: string): MigrationPlan {
  const { history, current } = state;
  const known = new Set(history.map((entry) => entry.revision));
  const unknown = current.filter((revision) => !known.has(revision));
  if (unknown.length > 0) {
    throw new PhaseFailed(
      'migration plan',
      `the database is at ${unknown.join(' ')}, which this release does not know: it is older than the database. ` +
        'Deploy a release that has this revision',
    );
  }
  const to = targetRevisions(state, target);
  const ahead = lineage(history, current);
  // A revision that the database has passed already: upgrade leaves it as it is.
  const reached = to.every((revision) => ahead.has(revision));
  return {
    from: current,
    to: reached ? current : to,
    revisions: reached ? [] : revisionsBetween(history, current, to),
  };
}

function targetRevisions({ heads, history }: SchemaState, target: string): readonly string[] {
  if (target === 'heads') return heads;
  if (target !== 'head') {
    const found = history.filter(({ revision }) => revision.startsWith(target));
    if (found.length === 1) return found.map(({ revision }) => revision);
    throw new PhaseFailed(
      'migration plan',
      `the release has ${found.length} revisions ${target}; its heads are ${heads.join(' ')}`,
    );
  }
  if (heads.length === 1) return heads;
  throw new PhaseFailed(
    'migration plan',
    `the release has ${heads.length} heads (${heads.join(' ')}), so "head" names none of them. Join them with ` +
      `"alembic merge -m 'join branches' ${heads.join(' ')}", or set target: heads to apply every branch`,
  );
}

/** Tells whether the database got where the plan wanted it. */
export function isReached(plan: MigrationPlan, state: SchemaState): boolean {
  const reached = lineage(state.history, state.current);
  return plan.to.every((revision) => reached.has(revision));
}
