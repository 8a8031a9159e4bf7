import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from './checks.ts';
import { type Deviation, judge } from './judge.ts';

export interface CheckResult {
  readonly check: Check;
  readonly deviations: readonly Deviation[];
  /** Milliseconds that the request took. */
  readonly duration: number;
}

export interface PollOptions {
  readonly url: string;
  readonly checks: readonly Check[];
  /** Milliseconds for everything together. */
  readonly timeout: number;
  readonly onRound: (results: readonly CheckResult[]) => void;
}

const pause = 1000;
const longestRequest = 10_000;

/**
 * Runs all checks, again and again, until all pass in the same round or the deadline is reached; returns the results
 * of the last round. One round counts: an application that flickers between two versions never passes.
 */
export async function poll(options: PollOptions): Promise<CheckResult[]> {
  const deadline = Date.now() + options.timeout;
  for (;;) {
    const limit = Math.max(1, Math.min(longestRequest, deadline - Date.now()));
    const results = await Promise.all(
      options.checks.map((check) => runCheck(options.url, check, limit)),
    );
    options.onRound(results);
    const passed = results.every((result) => result.deviations.length === 0);
    if (passed || Date.now() + pause >= deadline) return results;
    await delay(pause);
  }
}

async function runCheck(url: string, check: Check, limit: number): Promise<CheckResult> {
  const started = performance.now();
  const deviations = await ask(url, check, limit);
  return { check, deviations, duration: Math.round(performance.now() - started) };
}

async function ask(url: string, check: Check, limit: number): Promise<Deviation[]> {
  try {
    const response = await fetch(url + check.path, {
      method: check.method,
      headers: check.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(limit),
    });
    const { status, headers } = response;
    return judge(check, { status, headers, body: await response.text() });
  } catch (error) {
    return [{ what: 'answer', expected: `status ${check.status}`, actual: reason(error, limit) }];
  }
}

function reason(error: unknown, limit: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `none within ${limit} ms`;
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return `none: ${cause instanceof Error ? cause.message || String(cause) : String(cause)}`;
}
