import type { Limits } from './limits.ts';

/** What becomes of a database whose migration failed half way. */
export const waysBack = ['downgrade', 'restore', 'keep'] as const;

export const driftLevels = ['off', 'warn', 'error'] as const;

/** How to migrate, whatever the way to the database is. */
export interface MigrationSettings {
  /** `head`, `heads` or a revision. */
  readonly target: string;
  readonly onFailure: (typeof waysBack)[number];
  readonly drift: (typeof driftLevels)[number];
  /** Whether a backup is made first. */
  readonly backup: boolean;
  readonly limits: Limits;
}
