import { setTimeout as sleep } from 'node:timers/promises';
import { PhaseFailed } from '../../../shared/src/errors.ts';
import { observedFetch } from './attempt.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** Slack did not take a message. */
export class NotDelivered extends PhaseFailed {
  readonly code: string;

  constructor(refusal: Refusal, tries: number, options?: ErrorOptions) {
    super('Slack', `${refusal.reason}${tries > 1 ? ` (after ${tries} tries)` : ''}`, options);
    this.code = refusal.code;
  }
}

export interface Sending<Answer> {
  /** Sends once, with the `fetch` that it is given. */
  readonly send: (fetch: typeof globalThis.fetch) => Promise<Answer>;
  /** Whether the same message may arrive twice without harm. */
  readonly idempotent: boolean;
  readonly deadline: Deadline;
}

/** The moment at which everything ends. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds that are left. */
  remaining(): number;
}

const mostTries = 8;
const firstPause = 400;
const shortestTry = 1000;

/** Sends until Slack takes it, no try helps, or the time is over. Throws `NotDelivered`. */
export async function sendWithin<Answer>(sending: Sending<Answer>): Promise<Answer> {
  const { send, idempotent, deadline } = sending;
  for (let tries = 1; ; tries += 1) {
    const { fetch, observed } = observedFetch(signalOfTry(sending));
    try {
      return await send(fetch);
    } catch (error) {
      // Neither an answer nor a failure on the way: a fault of this program.
      if (observed.status === undefined && observed.failure === undefined) throw error;
      const refusal = refusalOf(observed, error, idempotent);
      const pause = refusal.wait ?? firstPause * 2 ** (tries - 1);
      const worthIt = refusal.again && tries < mostTries && pause < deadline.remaining();
      if (!worthIt)
        throw new NotDelivered(tooLong(refusal, pause, deadline), tries, { cause: error });
      await sleep(pause);
    }
  }
}

/** What may arrive twice need not wait for an answer until the end: another try may be luckier. */
function signalOfTry({ idempotent, deadline }: Sending<unknown>): AbortSignal {
  if (!idempotent) return deadline.signal;
  const limit = Math.ceil(Math.max(shortestTry, deadline.remaining() / 3));
  return AbortSignal.any([deadline.signal, AbortSignal.timeout(limit)]);
}

function tooLong(refusal: Refusal, pause: number, deadline: Deadline): Refusal {
  if (refusal.wait === undefined || pause < deadline.remaining()) return refusal;
  const seconds = Math.ceil(refusal.wait / 1000);
  const reason = `${refusal.reason} and wants ${seconds} s of waiting, more than the time budget has left`;
  return { ...refusal, reason };
}
