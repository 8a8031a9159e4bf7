import type { MigrationPlan, PlannedRevision } from '../driver.ts';
import { type Concern, concernOf, type LevelsByRule, levelOf } from './rules.ts';
import type { Complaint } from './squawk.ts';

/** What the linter has against a revision. */
export interface Finding {
  readonly revision: string;
  readonly rule: string;
  readonly level: 'error' | 'warn';
  readonly concern: Concern;
  readonly message: string;
  /** The statement that it is about, on one line. */
  readonly statement: string;
}

/** The SQL of a plan as one text, and which of its lines are whose. */
export interface PlanText {
  readonly sql: string;
  /** The revision of each line. */
  readonly revisions: readonly PlannedRevision[];
}

/** Puts the SQL of all revisions together: what an earlier one has made, a later one may change without harm. */
export function planText(plan: MigrationPlan): PlanText {
  const lines = plan.revisions.flatMap((revision) =>
    revision.sql.split('\n').map((line) => ({ line, revision })),
  );
  return {
    sql: lines.map(({ line }) => `${line}\n`).join(''),
    revisions: lines.map(({ revision }) => revision),
  };
}

/** What of the linter's complaints counts: not what a rule's level or the migration's own file lets pass. */
export function findingsIn(
  { sql, revisions }: PlanText,
  complaints: readonly Complaint[],
  levels: LevelsByRule,
): Finding[] {
  const lines = sql.split('\n');
  return complaints.flatMap((complaint): Finding[] => {
    const { rule, message, help, line, endLine } = complaint;
    const revision = revisions[line];
    const level = levelOf(rule, levels);
    if (revision === undefined || level === 'off' || isAllowed(revision, rule)) return [];
    const statement = lines.slice(line, endLine + 1).join(' ');
    return [
      {
        revision: revision.revision,
        rule,
        level,
        concern: concernOf(rule),
        message: help === undefined ? message : `${message} ${help}`,
        statement: shorten(statement.replaceAll(/\s+/g, ' ').trim()),
      },
    ];
  });
}

/** A revision may say of itself that it breaks the release before, or name a rule and why it does not matter here. */
function isAllowed({ allowed, breaking }: PlannedRevision, rule: string): boolean {
  return rule in allowed || (breaking !== '' && concernOf(rule) === 'old release');
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)} …`;
}

/** What is to be done about findings, for the person who wrote the migration. */
export function explainFindings(findings: readonly Finding[]): string {
  const concerns = new Set(findings.map(({ concern }) => concern));
  return [
    ...findings.map(
      ({ revision, rule, message, statement }) =>
        `${revision}: ${rule}: ${message}\n    ${statement}`,
    ),
    ...[...concerns].map((concern) => advice[concern]),
    'A migration that is right nevertheless says so in its own file: "# squawk: allow RULE because REASON" for one ' +
      'rule, "# breaking: REASON" where the release before cannot work with it (it can then not be rolled back to). ' +
      'The input lint-rules sets the level of a rule for all migrations.',
  ].join('\n');
}

const advice: Readonly<Record<Concern, string>> = {
  'old release':
    'The release before goes on running while migrations run, and again after a rollback. Change the schema in two ' +
    'releases: first expand (add the new column or table, nullable or with a default; write both, read either), then, ' +
    'once no running release uses the old one, contract (drop it).',
  'long lock':
    'A lock on a large table keeps every request waiting. Build indexes with postgresql_concurrently=True inside of ' +
    'op.get_context().autocommit_block(); add constraints as NOT VALID and validate them in a later revision.',
  other: 'See https://squawkhq.com/docs/rules for each rule.',
};
