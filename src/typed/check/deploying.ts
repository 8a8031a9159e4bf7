import type { PlainJob } from '../plain.ts';

/** Whether a job deploys: it names an environment, and not only for its secrets and variables. */
export function deploys({ environment }: PlainJob): boolean {
  if (environment === undefined) return false;
  return typeof environment === 'string' || environment.deployment !== false;
}
