import { setTimeout as pause } from 'node:timers/promises';
import { explain } from '../../shared/src/errors.ts';
import type { SmokeCheck } from './checks/types.ts';
import { kindOf } from './kinds/index.ts';
import { placeholdersIn } from './placeholders.ts';
import type { CheckResult, Trial } from './result.ts';
import type { Run } from './run.ts';
import { Steadiness } from './steadiness.ts';

export interface PollOptions {
  /** Milliseconds since 1970. One try is made in any case. */
  readonly deadline: number;
  /** Is aborted when nothing else is left to be asked; this check is asked until then, and a last time. */
  readonly signal?: AbortSignal;
  /** Is told how each try ended. */
  readonly onTry?: (result: CheckResult) => void;
  /** That it has passed before: what fails now has come apart since. */
  readonly again?: boolean;
}

const firstPause = 250;
const longestPause = 5000;
// From the first try that passes to the last of those that are needed: what flickers shall have the time to.
const steadyTime = 1800;
const longestSteadyPause = 600;
const longestRequest = 10_000;
// Less would judge the deadline and not the application.
const shortestRequest = 3000;

/** Milliseconds that one try may take; it has them however late it is, since half a try says nothing. */
const longTries: Readonly<Partial<Record<NonNullable<SmokeCheck['kind']>, number>>> = {
  browser: 30_000,
  sequence: 20_000,
  latency: 15_000,
  'rate-limit': 30_000,
};

/**
 * Asks until a check passes, with growing and jittered pauses, or the deadline is reached. What is cheap to ask has to
 * pass several times in a row.
 */
export async function poll(
  check: SmokeCheck,
  run: Run,
  options: PollOptions,
): Promise<CheckResult> {
  const { deadline, signal, onTry, again = false } = options;
  const kind = kindOf(check);
  const expected = kind.expected(check, run);
  const wanted = inARow(check);
  const steadiness = new Steadiness(wanted, again);
  let wait = firstPause;
  let fault: Trial | undefined;
  let alike = 0;
  let isLast = false;
  for (let tries = 1; ; tries += 1) {
    const started = performance.now();
    const limit = limitOf(check, deadline);
    const trial = await kind.attempt(check, run, limit).catch(brokenTrial);
    const duration = Math.round(performance.now() - started);
    const base = { check, expected, duration, tries };
    if (trial.notAsked !== undefined) {
      return { ...base, state: 'not asked', seen: trial.notAsked, deviations: [] };
    }
    const passed = trial.deviations.length === 0;
    steadiness.record(passed);
    if (!passed) fault = trial;
    alike = trial.enough === undefined ? 0 : alike + 1;
    const success: CheckResult = { ...base, state: 'passed', seen: trial.seen, deviations: [] };
    if (steadiness.isProven) return success;
    const failure: CheckResult = {
      ...base,
      state: check.severity === 'warning' ? 'degraded' : 'failed',
      seen: fault?.seen ?? '',
      deviations: [...steadiness.deviations(), ...(fault?.deviations ?? [])],
    };
    onTry?.(passed ? success : failure);
    if (trial.enough !== undefined && alike >= trial.enough) return failure;
    const rest =
      (passed ? Math.min(steadyTime / wanted, longestSteadyPause) : wait) *
      (0.75 + Math.random() / 2);
    if (signal === undefined) {
      const isOver = Date.now() + rest >= deadline;
      if (isOver) return steadiness.isGoodSoFar ? success : failure;
      await pause(rest);
    } else {
      // Where nobody waits any more, the last word counts, and an old one is none.
      if (signal.aborted && (passed || isLast)) return passed ? success : failure;
      isLast = !(await rested(rest, signal));
    }
    wait = passed ? firstPause : Math.min(wait * 1.6, longestPause);
  }
}

/** A check that breaks has found nothing, and leaves the others to be asked. */
function brokenTrial(error: unknown): Trial {
  const actual = `the check itself broke: ${explain(error)}`;
  return { deviations: [{ what: 'check', expected: 'a result', actual }], seen: 'nothing' };
}

function limitOf({ kind = 'request' }: SmokeCheck, deadline: number): number {
  const long = longTries[kind];
  return long ?? Math.max(Math.min(deadline - Date.now(), longestRequest), shortestRequest);
}

/** Waits, and tells whether it could to the end. */
async function rested(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

/** How often in a row a check has to pass. */
function inARow(check: SmokeCheck): number {
  if (check.kind !== undefined && check.kind !== 'request') return 1;
  const { method = 'GET' } = check;
  if (check['in-a-row'] !== undefined) return check['in-a-row'];
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) return 1;
  return placeholdersIn(check).has('commit') ? 8 : 3;
}
