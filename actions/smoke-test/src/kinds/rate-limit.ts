import { setTimeout as pause } from 'node:timers/promises';
import type { RateLimitCheck } from '../checks/types.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { plainRequest } from '../http/plain-request.ts';
import { failedTrial, type Kind } from '../run.ts';
import { noneBecause } from './request.ts';

const refused = 429;
const atOnce = 6;
const usualPatience = 60;

/** One client that asks too often is refused, and served again when it has stopped. */
export const rateLimit: Kind<RateLimitCheck> = {
  expected: ({ requests }) => `${refused} within ${requests} requests, and served again afterwards`,
  async attempt(check, { client, values }, limit) {
    const request = plainRequest(check, values);
    const deadline = Date.now() + limit;
    const send = () =>
      client.send(request, { limit: Math.max(deadline - Date.now(), 5000), takesRefusal: true });
    try {
      let sent = 0;
      let found = false;
      while (!found && sent < check.requests) {
        const count = Math.min(atOnce, check.requests - sent);
        const answers = await Promise.all(Array.from({ length: count }, send));
        sent += count;
        found = answers.some(({ status }) => status === refused);
      }
      if (!found) {
        const actual = `${sent} requests that were all served`;
        // Asking as often again would be what the limit is there against.
        return { ...failedTrial(`status ${refused}`, actual), enough: 1 };
      }
      return await waitUntilServed(check, sent, send);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return failedTrial(`status ${refused}`, noneBecause(error));
    }
  },
};

async function waitUntilServed(
  check: RateLimitCheck,
  sent: number,
  send: () => Promise<{ readonly status: number }>,
) {
  const patience = check['served-again-within'] ?? usualPatience;
  const end = Date.now() + patience * 1000;
  for (;;) {
    await pause(500);
    const { status } = await send();
    if (status !== refused) return { deviations: [], seen: `refused after ${sent} requests` };
    if (Date.now() >= end) {
      return failedTrial(`served again within ${patience} s`, `still ${refused}`);
    }
  }
}
