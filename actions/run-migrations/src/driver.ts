import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { joinScripts } from '../../shared/src/join-scripts.ts';

/** The text of the driver: the parts in driver/ beside this module in src/, one file beside the bundle in dist/. */
export function readDriver(): Promise<string> {
  const parts = new URL('driver/', import.meta.url);
  if (existsSync(parts)) return joinScripts(parts, '.py');
  return readFile(new URL('driver.py', import.meta.url), 'utf8');
}

/** The driver with what comes ahead of it, and how its lines are told from others that the application prints. */
export interface MarkedDriver {
  readonly script: string;
  /** What the driver reported, of all that was printed. */
  readonly reportedIn: (stdout: string) => string;
}

/** Gives the driver a mark of its own, and what an earlier run reported. */
export function markedDriver(driver: string, events: string): MarkedDriver {
  const mark = `${randomBytes(16).toString('hex')}:`;
  const encoded = Buffer.from(events).toString('base64');
  return {
    script: `MARK = "${mark}"\nEVENTS = "${encoded}"\n${driver}`,
    reportedIn: (stdout) =>
      stdout
        .split('\n')
        .filter((line) => line.startsWith(mark))
        .map((line) => `${line.slice(mark.length)}\n`)
        .join(''),
  };
}

const revisionSchema = z.object({
  revision: z.string(),
  parents: z.array(z.string()),
  message: z.string(),
  /** Why the release before cannot work with it, as its own file says; '' where it can. */
  breaking: z.string(),
  /** Reasons why rules of the linter may be broken, by rule. */
  allowed: z.record(z.string(), z.string()),
  /** Whether a part of it runs outside of a transaction. */
  autocommit: z.boolean(),
  sql: z.string(),
  /** Why there is no SQL; '' where there is. */
  withoutSql: z.string(),
});

const planSchema = z.object({
  /** Where the database is; empty for a new one. */
  current: z.array(z.string()),
  target: z.array(z.string()),
  heads: z.array(z.string()),
  /** What will be applied, oldest first. */
  revisions: z.array(revisionSchema),
  /** Every migration that the image has, newest first. */
  history: z.array(
    revisionSchema
      .pick({ revision: true, parents: true, message: true })
      .extend({ applied: z.boolean() }),
  ),
  /** The database that DATABASE_URL leads to, and the identifier of its server. */
  database: z.object({ name: z.string(), server: z.string() }),
  databaseBytes: z.number(),
  serverVersion: z.number(),
});

export type PlannedRevision = z.output<typeof revisionSchema>;

/** What an upgrade will do, as the driver found out without doing it. */
export type MigrationPlan = z.output<typeof planSchema>;

/** Reads the plan that the driver reported. Throws where it reported none. */
export function parsePlan(reported: string): MigrationPlan {
  return planSchema.parse(JSON.parse(reported));
}

/** Revisions in words: `base` for a database that has none. */
export function nameOf(revisions: readonly string[]): string {
  return revisions.length === 0 ? 'base' : revisions.join(' ');
}
