import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from './answer.ts';
import { ask, type PlainRequest } from './ask.ts';
import type { Way } from './way.ts';

/** Sends requests as one well-behaved client would. */
export interface Client {
  readonly way: Way;
  /**
   * Sends a request. Where the answer is 429 and that is not expected, everything waits as long as the server says, a
   * few seconds at most, and the request is sent again. Throws `NoAnswer`.
   */
  send(request: PlainRequest, options: SendOptions): Promise<Answer>;
}

export interface SendOptions {
  /** Milliseconds for it all. */
  readonly limit: number;
  /** Whether 429 is what the check waits for. */
  readonly takesRefusal?: boolean;
}

// More at once would be a load test.
const mostAtOnce = 6;
// A server that wants longer pauses than this is not just busy with this test.
const longestPause = 5;

/** A client for all checks of a run: what one is told about a limit counts for all. */
export function createClient(way: Way): Client {
  let heldUntil = 0;
  let busy = 0;
  const waiting: (() => void)[] = [];
  const enter = async () => {
    if (busy >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  };
  const sendOnce = async (request: PlainRequest, limit: number) => {
    await enter();
    try {
      // The time spent waiting for others is not the application's.
      return await ask(way, request, limit);
    } finally {
      leave();
    }
  };
  return {
    way,
    async send(request, { limit, takesRefusal = false }) {
      const deadline = Date.now() + limit;
      for (;;) {
        const held = heldUntil - Date.now();
        if (held > 0) await pause(Math.min(held, Math.max(deadline - Date.now(), 0)));
        const answer = await sendOnce(request, Math.max(deadline - Date.now(), 1000));
        if (answer.status !== 429 || takesRefusal) return answer;
        const seconds = Number(answer.headers.get('retry-after') ?? 1);
        const end = Date.now() + seconds * 1000;
        if (!(seconds <= longestPause) || end >= deadline) return answer;
        heldUntil = Math.max(heldUntil, end + Math.random() * 250);
      }
    },
  };
}
