import type { Staging } from './staging/staging.ts';

/** A staging that is broken in one way, and what has to come of it. */
export interface Fault {
  /** What is broken, for people. */
  readonly what: string;
  /** Breaks a staging that works. */
  readonly break: (staging: Staging) => Promise<void> | void;
  /** The check that must say so, and what it must say; undefined where nothing may fail. */
  readonly found?: { readonly check: string; readonly says: RegExp };
  /** The check that must warn, and nothing else. */
  readonly warns?: { readonly check: string; readonly says: RegExp };
  /** Whether it is the first failure that is told, which is what the message begins with; true unless it is said. */
  readonly isFirst?: boolean;
  /** What the action says in the end; `failed` where something must be found. */
  readonly verdict?: 'passed' | 'failed' | 'unreachable';
  /** Inputs of the action that differ. */
  readonly inputs?: (staging: Staging) => Readonly<Record<string, string>>;
  /** Whether only a browser can tell; without, no browser is started. */
  readonly inBrowser?: boolean;
}

/** A fault, for the one file that it has. */
export function fault(definition: Fault): Fault {
  return definition;
}
