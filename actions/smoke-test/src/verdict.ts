import type { CheckResult } from './result.ts';

/** The end of a container's log. */
export interface Logs {
  readonly service: string;
  readonly text: string;
}

/** What the smoke test has found; every text in it is printable. */
export interface Verdict {
  /**
   * `unreachable`: nothing was asked of the application, since this runner cannot reach it and has no other way; that is
   * no word on the release.
   */
  readonly outcome: 'passed' | 'failed' | 'unreachable';
  readonly url: string;
  /** How it was asked, in words. */
  readonly way: string;
  readonly results: readonly CheckResult[];
  /** Milliseconds. */
  readonly duration: number;
  /** Of the container to blame for the first failure. */
  readonly logs: Logs | undefined;
}
