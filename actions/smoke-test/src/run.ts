import type { SmokeCheck } from './checks/types.ts';
import type { Host } from './host/host.ts';
import type { Client } from './http/client.ts';
import type { Values } from './placeholders.ts';
import type { Printer } from './printable.ts';
import type { Trial } from './result.ts';

/** What all checks of a run share. */
export interface Run {
  readonly client: Client;
  /** The staging host, where there is a connection to it. */
  readonly host: Host | undefined;
  readonly commit: string;
  /** The images that were built, by service; empty where the host's own record counts. */
  readonly images: ReadonlyMap<string, string>;
  readonly values: Values;
  readonly printer: Printer;
  /** Where screenshots go. */
  readonly directory: string;
}

/** One kind of check. */
export interface Kind<Check extends SmokeCheck = SmokeCheck> {
  /** What is expected, in words. */
  expected(check: Check, run: Run): string;
  /** One try, within so many milliseconds. Throws for a bug only. */
  attempt(check: Check, run: Run, limit: number): Promise<Trial>;
}

/** A trial that could not be made, since there is no connection to the host. */
export const withoutHost: Trial = {
  deviations: [],
  seen: '',
  notAsked: 'it needs the SSH connection to the staging host (inputs host, user, private-key …)',
};

/** A trial that nobody answered. */
export function failedTrial(expected: string, actual: string): Trial {
  return { deviations: [{ what: 'answer', expected, actual }], seen: actual };
}
