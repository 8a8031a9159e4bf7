import type { ExecutorResult } from '../../shared/src/executor.ts';
import { valueIn } from '../../shared/src/executor.ts';
import type { MigrationPlan } from './driver.ts';

/** A way to the database. */
export interface Transport {
  /** Finds out what would be done. Throws `PhaseFailed` where it must not be. */
  plan(): Promise<MigrationPlan>;
  /** Does it, or brings the database back and throws `MigrationFailed`. */
  migrate(plan: MigrationPlan): Promise<MigrationResult>;
}

/** What a migration reported, as far as it got. */
export interface MigrationResult {
  readonly from: string;
  readonly to: string;
  /** Milliseconds that each revision took. */
  readonly durations: ReadonlyMap<string, number>;
  /** Where the backup is; '' where there is none. */
  readonly backup: string;
  readonly backupBytes: number;
  /** Milliseconds. */
  readonly backupDuration: number;
  /** What models and tables differ in. */
  readonly drift: readonly string[];
  /** What became of the database after a failure; '' after a success. */
  readonly outcome: string;
}

/** Reads the key=value lines of the driver, and of the host. */
export function migrationResult(reported: ExecutorResult): MigrationResult {
  // The way back reports once more where the database is.
  const last = (key: string) => reported.get(key)?.at(-1) ?? '';
  const ran = (reported.get('ran') ?? []).map(
    (line) => JSON.parse(line) as { revision: string; ms: number },
  );
  return {
    from: valueIn(reported, 'from'),
    to: last('to') || last('current'),
    durations: new Map(ran.map(({ revision, ms }) => [revision, ms])),
    backup: last('backup'),
    backupBytes: Number(last('backup-bytes')),
    backupDuration: Number(last('backup-ms')),
    drift: JSON.parse(last('drift') || '[]') as string[],
    outcome: last('outcome'),
  };
}
