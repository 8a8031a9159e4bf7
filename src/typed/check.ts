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
