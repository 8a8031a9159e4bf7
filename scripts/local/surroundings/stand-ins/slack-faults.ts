import { z } from 'zod';
import { type Handler, json, plain, type Reply } from './server.ts';

const seconds = z.number().min(0).max(600);

/** How the stand-in misbehaves for one request instead of answering it. */
const fault = z.discriminatedUnion('kind', [
  /** Too many requests: HTTP 429 with Retry-After, unless that is left out. */
  z.strictObject({ kind: z.literal('rate-limit'), retry_after: seconds.optional() }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599) }),
  /** HTTP 200 with `ok: false` (for a webhook: Slack's error as text). */
  z.strictObject({ kind: z.literal('refuse'), error: z.string().regex(/^[a-z_]+$/) }),
  /** HTTP 200 with something that is not Slack's. */
  z.strictObject({ kind: z.literal('garbage') }),
  /** The right answer, late. */
  z.strictObject({ kind: z.literal('slow'), seconds }),
  /** No answer at all. */
  z.strictObject({ kind: z.literal('hang') }),
  /** The connection breaks. */
  z.strictObject({ kind: z.literal('reset') }),
  /** The right answer: for the requests before a fault. */
  z.strictObject({ kind: z.literal('none') }),
]);

/** What PUT /_faults takes: the faults of the next requests, in order; all others are answered as usual. */
export const faults = z.array(fault).max(100);

export type Fault = z.infer<typeof fault>;

/** Answers one request with a fault; `answer` is what would be said without it. */
export async function misbehave(
  given: Fault,
  isWebhook: boolean,
  answer: () => ReturnType<Handler>,
): Promise<Reply> {
  switch (given.kind) {
    case 'rate-limit': {
      const wait = given.retry_after;
      const headers = wait === undefined ? {} : { 'retry-after': String(wait) };
      const body = json(429, { ok: false, error: 'ratelimited' }, headers);
      return isWebhook ? { ...body, body: 'rate_limited' } : body;
    }
    case 'status':
      return plain(given.status, 'upstream connect error');
    case 'refuse':
      return isWebhook ? plain(403, given.error) : json(200, { ok: false, error: given.error });
    case 'garbage':
      return plain(200, '<html><body>Welcome to the hotel’s network</body></html>');
    case 'slow':
      return { ...(await answer()), delay: given.seconds };
    case 'hang':
      return { ...plain(200, ''), connection: 'hang' };
    case 'reset':
      return { ...plain(200, ''), connection: 'reset' };
    case 'none':
      return await answer();
  }
}
