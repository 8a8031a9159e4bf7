import type { SmokeCheck } from '../checks/types.ts';

/** A check's name, and what it asks where that is one address. */
export function titleOf(check: SmokeCheck): string {
  if (!('path' in check)) return check.name;
  const method = 'method' in check ? (check.method ?? 'GET') : 'GET';
  return `${check.name} (${method} ${check.path})`;
}
