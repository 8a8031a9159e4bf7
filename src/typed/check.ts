import type { Checked, RuledFault } from './check/fault.ts';
import { expressionsIn, unreadable } from './check/references.ts';
import type { RuleName } from './check/rule-names.ts';
import { rules } from './check/rules.ts';

export type { Fault } from './check/fault.ts';

/**
 * What is wrong with a compiled workflow that types cannot see; the other rules need expressions that can be read. One
 * place is told of once.
 */
export function check(checked: Checked): RuledFault[] {
  const unread = unreadable(expressionsIn(checked.workflow, []));
  if (unread.length > 0) return unread.map((fault) => ({ ...fault, rule: 'expressions' }));
  const found = new Map<string, RuledFault>();
  for (const [rule, faultsOf] of Object.entries(rules))
    for (const fault of faultsOf(checked)) {
      const place = [...fault.path, fault.scriptLine ?? ''].join('\n');
      if (!found.has(place)) found.set(place, { ...fault, rule: rule as RuleName });
    }
  return [...found.values()];
}

/** The faults without those that say of further places what one mistake has done: in the same words, or of one job's needs. */
export function toldOnce(faults: readonly RuledFault[]): readonly RuledFault[] {
  const told = new Set<string>();
  const causes = faults.filter(({ consequence }) => !consequence);
  return (causes.length > 0 ? causes : faults).filter(({ path, message }) => {
    const needs = / is used, so the job .* has to be in this job's needs$/.test(message);
    const [, lacking] = /\b([\w-]+), which is not among the workflow's jobs$/.exec(message) ?? [];
    const mistake = needs ? `needs of ${path[1]}` : lacking ? `lacks ${lacking}` : message;
    if (told.has(mistake)) return false;
    told.add(mistake);
    return true;
  });
}
