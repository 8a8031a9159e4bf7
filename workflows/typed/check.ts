import { conditionFaults } from './check/conditions.ts';
import { explicitFaults } from './check/explicit.ts';
import type { Checked, Fault } from './check/fault.ts';
import { graphFaults } from './check/graph.ts';
import { nameFaults } from './check/names.ts';
import { permissionFaults } from './check/permissions.ts';
import { expressionsIn, unreadable } from './check/references.ts';
import { scriptFaults } from './check/scripts.ts';
import { skippedFaults } from './check/skipped.ts';
import { stepFaults } from './check/steps.ts';

export type { Fault } from './check/fault.ts';

const rules = [
  explicitFaults,
  graphFaults,
  nameFaults,
  conditionFaults,
  permissionFaults,
  stepFaults,
  scriptFaults,
  skippedFaults,
];

/** What is wrong with a compiled workflow that types cannot see; the other rules need expressions that can be read. */
export function check(checked: Checked): Fault[] {
  const unread = unreadable(expressionsIn(checked.workflow, []));
  return unread.length > 0 ? unread : rules.flatMap((rule) => rule(checked));
}
