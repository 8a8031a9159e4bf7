import type { LatencyCheck } from '../checks/types.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { plainRequest } from '../http/plain-request.ts';
import { failedTrial, type Kind } from '../run.ts';
import { noneBecause } from './request.ts';

const usualSamples = 20;

/** The time that 95 of 100 answers take, one request after the other. */
export const latency: Kind<LatencyCheck> = {
  expected: ({ p95, samples = usualSamples }) => `p95 of ${samples} answers at most ${p95} ms`,
  async attempt(check, { client, values }, limit) {
    const { samples = usualSamples, p95, status = 200 } = check;
    const deadline = Date.now() + limit;
    const durations: number[] = [];
    try {
      while (durations.length < samples && (durations.length === 0 || Date.now() < deadline)) {
        const answer = await client.send(plainRequest(check, values), {
          limit: Math.max(deadline - Date.now(), 1000),
        });
        if (answer.status !== status) return failedTrial(`status ${status}`, `${answer.status}`);
        durations.push(answer.duration);
      }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return failedTrial(`status ${status}`, noneBecause(error));
    }
    const found = percentile(durations, 0.95);
    const seen = `p95 ${found} ms, median ${percentile(durations, 0.5)} ms of ${durations.length}`;
    if (found <= p95) return { deviations: [], seen };
    return { deviations: [{ what: 'p95', expected: `at most ${p95} ms`, actual: seen }], seen };
  },
};

/** The smallest of the values that at least this share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}
