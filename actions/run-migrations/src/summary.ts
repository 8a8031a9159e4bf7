import { escapeHtml } from '../../shared/src/html.ts';
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

/** The job summary, in Markdown. */
export function summaryOf({ plan, findings, result, failure }: Shown): string {
  const { current, target, revisions } = plan;
  const heading = `### Migrations: ${nameOf(current)} → ${nameOf(revisions.length === 0 ? current : target)}\n`;
  if (revisions.length === 0) return `${heading}\nNothing to apply.\n`;
  return [
    heading,
    revisionTable(revisions, result),
    ...(findings.length === 0 ? [] : [findingTable(findings)]),
    ...(result === undefined ? [] : [resultLines(result, failure)]),
    ...revisions.map(sqlOf),
    '',
  ].join('\n');
}

function revisionTable(
  revisions: readonly PlannedRevision[],
  result: MigrationResult | undefined,
): string {
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

function findingTable(findings: readonly Finding[]): string {
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
): string {
  const lines = [
    ...(failure === undefined ? [] : [`Cause: ${failure.message}`]),
    ...(outcome === '' ? [] : [`Failed: ${outcome}`]),
    ...(backup === ''
      ? []
      : [
          `Backup: ${backup} (${Math.ceil(backupBytes / 1024)} KiB${backupDuration > 0 ? `, ${backupDuration} ms` : ''})`,
        ]),
    ...drift.map((each) => `Models and tables differ: ${each}`),
  ];
  return lines.map((line) => `- ${escapeHtml(line)}\n`).join('');
}

function sqlOf({ revision, sql }: PlannedRevision): string {
  if (sql === '') return '';
  const shown = sql.length <= longestSql ? sql : `${sql.slice(0, longestSql)}\n…`;
  const escaped = shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<details><summary>SQL of ${revision}</summary>\n\n<pre>\n${escaped}\n</pre>\n\n</details>\n`;
}

function duration(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : `${milliseconds} ms`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${row(heads, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>\n`;
}
