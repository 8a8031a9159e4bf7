import {
  foldedCode,
  heading,
  line,
  list,
  type SummaryPart,
  table,
} from '../../shared/src/summary-page.ts';
import { type MigrationPlan, nameOf, type PlannedRevision } from './driver.ts';
import type { Finding } from './lint/findings.ts';
import type { MigrationResult } from './transport.ts';

/** What a run shows on the page of its job. */
export interface Shown {
  readonly plan: MigrationPlan;
  readonly findings: readonly Finding[];
  /** Nothing where nothing was done. */
  readonly result?: MigrationResult;
  readonly failure?: Error;
}

// GitHub shows one mebibyte of a step.
const longestSql = 200_000;

/** The job summary. */
export function summaryOf({ plan, findings, result, failure }: Shown): SummaryPart[] {
  const { current, target, revisions } = plan;
  const way = `${nameOf(current)} → ${nameOf(revisions.length === 0 ? current : target)}`;
  const head = heading(`Migrations: ${way}`);
  if (revisions.length === 0) return [head, line('Nothing to apply.')];
  return [
    head,
    revisionTable(revisions, result),
    ...(findings.length === 0 ? [] : [findingTable(findings)]),
    ...(result === undefined ? [] : [resultLines(result, failure)]),
    ...revisions.flatMap(sqlOf),
  ];
}

function revisionTable(
  revisions: readonly PlannedRevision[],
  result: MigrationResult | undefined,
): SummaryPart {
  const rows = revisions.map((revision) => [
    revision.revision,
    revision.message,
    remarks(revision),
    duration(result?.durations.get(revision.revision)),
  ]);
  return table(['Revision', 'Message', 'Remarks', 'Took'], rows);
}

function remarks({ breaking, autocommit, withoutSql }: PlannedRevision): string {
  return [
    breaking && `breaks the release before: ${breaking}`,
    autocommit && 'works outside of a transaction',
    withoutSql && `no SQL: ${withoutSql}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function findingTable(findings: readonly Finding[]): SummaryPart {
  return table(
    ['Level', 'Revision', 'Rule', 'Message', 'Statement'],
    findings.map(({ level, revision, rule, message, statement }) => [
      level,
      revision,
      rule,
      message,
      statement,
    ]),
  );
}

function resultLines(
  { backup, backupBytes, backupDuration, drift, outcome }: MigrationResult,
  failure: Error | undefined,
): SummaryPart {
  return list([
    ...(failure === undefined ? [] : [`Cause: ${failure.message}`]),
    ...(outcome === '' ? [] : [`Failed: ${outcome}`]),
    ...(backup === ''
      ? []
      : [
          `Backup: ${backup} (${Math.ceil(backupBytes / 1024)} KiB${backupDuration > 0 ? `, ${backupDuration} ms` : ''})`,
        ]),
    ...drift.map((each) => `Models and tables differ: ${each}`),
  ]);
}

function sqlOf({ revision, sql }: PlannedRevision): SummaryPart[] {
  if (sql === '') return [];
  const shown = sql.length <= longestSql ? sql : `${sql.slice(0, longestSql)}\n…`;
  return [foldedCode(`SQL of ${revision}`, shown)];
}

function duration(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : `${milliseconds} ms`;
}
