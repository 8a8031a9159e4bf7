import type { PermissionLevel } from '../action-facts.ts';
import type { PlainPermissions } from '../plain.ts';

/** How much a permission allows, from the least. */
export const levels: readonly string[] = ['none', 'read', 'write'];

/** The level that permissions give a scope. */
export function levelOf(permissions: PlainPermissions, scope: string): string {
  if (permissions === 'write-all') return 'write';
  return permissions === 'read-all' ? 'read' : (permissions[scope] ?? 'none');
}

/** A level as a number that can be compared. */
export function rank(level: PermissionLevel | string): number {
  return levels.indexOf(level);
}
