import { PhaseFailed } from '../../shared/src/errors.ts';
import { type MigrationPlan, nameOf } from './driver.ts';
import { MigrationFailed } from './failure.ts';
import { explainFindings, type Finding } from './lint/findings.ts';
import { type LintSettings, type LintSurroundings, lintPlan } from './lint/lint.ts';
import type { MigrationResult, Transport } from './transport.ts';

export interface RunOptions {
  readonly dryRun: boolean;
  readonly lint: LintSettings;
  readonly around: Omit<LintSurroundings, 'onProgress'>;
  readonly onProgress: (line: string) => void;
  readonly onWarning: (message: string) => void;
}

/** What a run did, and why it failed if it did. */
export interface MigrationRun {
  readonly plan: MigrationPlan;
  readonly findings: readonly Finding[];
  /** Nothing where nothing was to be done. */
  readonly result?: MigrationResult;
  readonly failure?: Error;
}

/** Plans, lints, and migrates unless there is nothing to do. Throws where there is not even a plan. */
export async function runMigrations(
  transport: Transport,
  options: RunOptions,
): Promise<MigrationRun> {
  const { lint, around, onProgress, onWarning } = options;
  const plan = await transport.plan();
  if (plan.revisions.length === 0) {
    onProgress(`nothing to apply: the database is at ${nameOf(plan.current)}`);
    return { plan, findings: [] };
  }
  for (const line of planLines(plan)) onProgress(line);
  const findings = await lintPlan(plan, lint, { ...around, onProgress });
  const warnings = findings.filter(({ level }) => level === 'warn');
  if (warnings.length > 0) onWarning(explainFindings(warnings));
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    const message = `nothing was changed, because of what the migrations would do:\n${explainFindings(errors)}`;
    return { plan, findings, failure: new PhaseFailed('lint', message) };
  }
  if (options.dryRun) return { plan, findings };
  try {
    return { plan, findings, result: await transport.migrate(plan) };
  } catch (error) {
    if (!(error instanceof MigrationFailed)) throw error;
    return { plan, findings, result: error.result, failure: error };
  }
}

/** The plan for people. */
export function planLines({ current, target, revisions }: MigrationPlan): string[] {
  return [
    `from ${nameOf(current)} to ${nameOf(target)}:`,
    ...revisions.map(
      ({ revision, message, breaking }) =>
        `  ${revision} ${message}${breaking && ` (breaks the release before: ${breaking})`}`,
    ),
  ];
}
