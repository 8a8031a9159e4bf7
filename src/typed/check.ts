import { conditionFaults } from './check/conditions.ts';
import { deploymentFaults } from './check/deployments.ts';
import { explicitFaults } from './check/explicit.ts';
import type { Checked, Fault } from './check/fault.ts';
import { firstFailureFaults } from './check/first-failures.ts';
import { graphFaults } from './check/graph.ts';
import { literalFaults } from './check/literals.ts';
import { nameFaults } from './check/names.ts';
import { permissionFaults } from './check/permissions.ts';
import { expressionsIn, unreadable } from './check/references.ts';
import { scriptFaults } from './check/scripts.ts';
import { secretFaults } from './check/secrets-in-scripts.ts';
import { skippedFaults } from './check/skipped.ts';
import { stepFaults } from './check/steps.ts';
import { untrustedFaults } from './check/untrusted-in-scripts.ts';

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
  literalFaults,
  secretFaults,
  untrustedFaults,
  deploymentFaults,
  firstFailureFaults,
];

/** What is wrong with a compiled workflow that types cannot see; the other rules need expressions that can be read. */
export function check(checked: Checked): Fault[] {
  const unread = unreadable(expressionsIn(checked.workflow, []));
  return unread.length > 0 ? unread : rules.flatMap((rule) => rule(checked));
}
