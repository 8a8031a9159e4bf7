import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines } from '../../../shared/src/inputs.ts';

export const levels = ['error', 'warn', 'off'] as const;
export type Level = (typeof levels)[number];

/** Why a rule matters here. */
export type Concern = 'old release' | 'long lock' | 'other';

interface Rule {
  readonly level: Level;
  readonly concern: Concern;
}

const breaks: Rule = { level: 'error', concern: 'old release' };
const mayBreak: Rule = { level: 'warn', concern: 'old release' };
const locks: Rule = { level: 'warn', concern: 'long lock' };
const style: Rule = { level: 'off', concern: 'other' };

/** squawk's rules by name; those that are not named are warnings. */
export const knownRules: Readonly<Record<string, Rule>> = {
  'ban-drop-column': breaks,
  'ban-drop-table': breaks,
  'ban-drop-view': breaks,
  'ban-drop-schema': breaks,
  'ban-drop-sequence': breaks,
  'ban-drop-type': breaks,
  'ban-drop-database': breaks,
  'ban-truncate-cascade': breaks,
  'renaming-column': breaks,
  'renaming-table': breaks,
  'renaming-object': breaks,
  'ban-set-schema': breaks,
  'changing-column-type': breaks,
  'adding-required-field': breaks,
  'adding-not-nullable-field': breaks,
  'syntax-error': { level: 'error', concern: 'other' },
  'ban-drop-not-null': mayBreak,
  'ban-drop-function': mayBreak,
  'ban-alter-domain-with-add-constraint': mayBreak,
  'ban-create-domain-with-constraint': mayBreak,
  'require-concurrent-index-creation': locks,
  'require-concurrent-index-deletion': locks,
  'require-concurrent-partition-detach': locks,
  'require-concurrent-reindex': locks,
  'adding-field-with-default': locks,
  'adding-foreign-key-constraint': locks,
  'adding-serial-primary-key-field': locks,
  'constraint-missing-not-valid': locks,
  'disallowed-unique-constraint': locks,
  'ban-concurrent-index-creation-in-transaction': { level: 'error', concern: 'other' },
  // The driver sets both for every session.
  'require-timeout-settings': style,
  'require-lock-timeout': style,
  'require-statement-timeout': style,
  // Alembic writes BEGIN and COMMIT by itself.
  'transaction-nesting': style,
  'ban-uncommitted-transaction': style,
  'prefer-bigint-over-int': style,
  'prefer-bigint-over-smallint': style,
  'prefer-identity': style,
  'prefer-repack': style,
  'prefer-robust-stmts': style,
  'prefer-text-field': style,
  'prefer-timestamp-tz': style,
  'ban-char-field': style,
  'identifier-too-long': style,
  'unused-ignore': style,
};

/** The level of each rule that a setting changes. */
export type LevelsByRule = ReadonlyMap<string, Level>;

/** Reads lines `RULE: error|warn|off`. Throws `InvalidInput` that names the line. */
export function parseLevels(text: string): LevelsByRule {
  return new Map(
    inputLines(text).map((line) => {
      const { rule, level } =
        /^(?<rule>[a-z][a-z-]*)\s*:\s*(?<level>\S+)$/.exec(line)?.groups ?? {};
      if (rule !== undefined && isLevel(level)) return [rule, level];
      throw new InvalidInput(
        `input lint-rules has the line ${JSON.stringify(line)}: it must read RULE: error, RULE: warn or RULE: off`,
      );
    }),
  );
}

/** How severe a finding of a rule is. */
export function levelOf(rule: string, changed: LevelsByRule): Level {
  return changed.get(rule) ?? knownRules[rule]?.level ?? 'warn';
}

/** Why a rule matters. */
export function concernOf(rule: string): Concern {
  return knownRules[rule]?.concern ?? 'other';
}

function isLevel(text: string | undefined): text is Level {
  return levels.some((level) => level === text);
}
