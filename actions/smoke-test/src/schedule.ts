import { setTimeout as pause } from 'node:timers/promises';
import type { SmokeCheck } from './checks/types.ts';
import { kindOf } from './kinds/index.ts';
import { poll } from './poll.ts';
import type { CheckResult } from './result.ts';
import type { Run } from './run.ts';

export interface ScheduleOptions {
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly onChange: (result: CheckResult) => void;
}

/**
 * Asks all checks and returns their results in the checks' order. What is cheap and changes nothing is asked first, all at
 * once, while what is needed for the rest is made; what signs in, writes or starts a browser as soon as that passes, or has
 * had its time; what measures, alone; and what uses a limit up, last.
 */
export async function runChecks(
  checks: readonly SmokeCheck[],
  run: Run,
  { deadline, onChange }: ScheduleOptions,
): Promise<CheckResult[]> {
  const results = new Map<SmokeCheck, CheckResult>();
  const began = Date.now();
  const phase = (name: Phase) => checks.filter((check) => phaseOf(check) === name);
  const ask = async (check: SmokeCheck, end = deadline, signal?: AbortSignal) => {
    const options = { deadline: end, onTry: onChange, ...(signal && { signal }) };
    const result = await poll(check, run, options);
    results.set(check, result);
    onChange(result);
  };

  // What work needs gets half of the time: there shall be some left to say what is lacking.
  const prepare = async () => {
    const end = began + (deadline - began) / 2;
    for (const check of phase('first')) await ask(check, end);
  };

  const prepared = prepare();
  const settled = new AbortController();
  const warnings = phase('warning').map((check) => ask(check, deadline, settled.signal));
  const cheap = Promise.all(phase('cheap').map((check) => ask(check)));
  await prepared;
  const patience = Math.max(began + 0.4 * (deadline - began) - Date.now(), 0);
  await Promise.race([cheap, pause(patience, undefined, { ref: false })]);
  await Promise.all(phase('work').map((check) => ask(check)));
  await cheap;
  const askUnlessFailed = async (check: SmokeCheck) => {
    if (anyFailed(results)) results.set(check, notAsked(check, run));
    else await ask(check);
  };
  for (const check of phase('measure')) await askUnlessFailed(check);
  const worked = phase('work').length + phase('measure').length > 0;
  if (worked && !anyFailed(results)) await lookAgain(phase('cheap'), run, { results, deadline });
  for (const check of phase('limit')) await askUnlessFailed(check);
  settled.abort();
  await Promise.all(warnings);
  return checks.flatMap((check) => results.get(check) ?? []);
}

type Phase = 'first' | 'warning' | 'cheap' | 'work' | 'measure' | 'limit';

function phaseOf(check: SmokeCheck): Phase {
  if (check.kind === 'command' && check.first) return 'first';
  if (check.kind === 'latency') return 'measure';
  if (check.kind === 'rate-limit') return 'limit';
  if (check.severity === 'warning') return 'warning';
  return check.kind === 'sequence' || check.kind === 'browser' || check.kind === 'command'
    ? 'work'
    : 'cheap';
}

function anyFailed(results: ReadonlyMap<SmokeCheck, CheckResult>): boolean {
  return [...results.values()].some(({ state }) => state === 'failed');
}

interface Known {
  readonly results: Map<SmokeCheck, CheckResult>;
  readonly deadline: number;
}

/** Once more what was asked first: time has passed since, and work was done. */
async function lookAgain(
  checks: readonly SmokeCheck[],
  run: Run,
  { results, deadline }: Known,
): Promise<void> {
  await Promise.all(
    checks.map(async (check) => {
      const before = results.get(check);
      if (before?.state !== 'passed') return;
      const after = await poll(check, run, { deadline, again: true });
      results.set(check, { ...after, tries: before.tries + after.tries });
    }),
  );
}

function notAsked(check: SmokeCheck, run: Run): CheckResult {
  return {
    check,
    state: 'not asked',
    expected: kindOf(check).expected(check, run),
    seen: 'other checks failed before: it would measure those',
    deviations: [],
    duration: 0,
    tries: 0,
  };
}
