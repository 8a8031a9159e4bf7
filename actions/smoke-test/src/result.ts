import type { SmokeCheck } from './checks/types.ts';
import type { Deviation } from './judge/deviation.ts';

/** What one try of a check found. */
export interface Trial {
  /** What differed; nothing means that it passed. */
  readonly deviations: readonly Deviation[];
  /** What was seen, in short. */
  readonly seen: string;
  /** After so many tries that ended like this, another one would do harm. */
  readonly enough?: number;
  /** Why it could not be asked at all: it neither passed nor failed. */
  readonly notAsked?: string;
}

/** How a check ended. */
export type State = 'passed' | 'failed' | 'degraded' | 'not asked';

export interface CheckResult {
  readonly check: SmokeCheck;
  readonly state: State;
  readonly expected: string;
  readonly seen: string;
  readonly deviations: readonly Deviation[];
  /** Milliseconds of the last try. */
  readonly duration: number;
  readonly tries: number;
}
