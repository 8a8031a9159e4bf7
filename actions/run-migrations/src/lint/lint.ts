import type { MigrationPlan } from '../driver.ts';
import { type Finding, findingsIn, planText } from './findings.ts';
import type { Level, LevelsByRule } from './rules.ts';
import { complaintsAbout, ensureSquawk } from './squawk.ts';

export interface LintSettings {
  /** The worst that a finding can be; `off` looks at nothing. */
  readonly level: Level;
  /** Levels of rules that differ from the normal ones. */
  readonly rules: LevelsByRule;
}

export interface LintSurroundings {
  /** Where the linter is kept between runs. */
  readonly toolDirectory: string;
  readonly temporaryDirectory: string;
  /** Is given what installing the linter says. */
  readonly onProgress: (line: string) => void;
}

/**
 * What the SQL of a plan does to the release that is live, and to requests. Nothing is found in the first migrations of
 * a new database: no release lives on it.
 */
export async function lintPlan(
  plan: MigrationPlan,
  { level, rules }: LintSettings,
  around: LintSurroundings,
): Promise<Finding[]> {
  const text = planText(plan);
  if (level === 'off' || plan.current.length === 0 || text.sql.trim() === '') return [];
  const squawk = await ensureSquawk(around.toolDirectory, around.onProgress);
  const { serverVersion } = plan;
  const { temporaryDirectory } = around;
  const complaints = await complaintsAbout(squawk, text.sql, { serverVersion, temporaryDirectory });
  const findings = findingsIn(text, complaints, rules);
  return level === 'warn' ? findings.map((finding) => ({ ...finding, level })) : findings;
}
