import { z } from 'zod';
import type { Instance } from '../surroundings/instance.ts';

const text = z.object({ text: z.string() });
const block = z.looseObject({
  text: text.optional(),
  fields: z.array(text).default([]),
  // Buttons carry their text as an object, the parts of a context block as a string.
  elements: z.array(z.looseObject({ text: z.union([z.string(), text]).optional() })).default([]),
});
const received = z.array(
  z.looseObject({
    received_at: z.coerce.date(),
    path: z.string(),
    accepted: z.boolean(),
    // A string where the stand-in could not read what it was sent.
    payload: z.union([
      z.string().transform((text) => ({ text, blocks: [] })),
      z.looseObject({
        text: z.string().optional(),
        thread_ts: z.string().optional(),
        blocks: z.array(block).default([]),
      }),
    ]),
  }),
);

/** One request that the Slack stand-in got: when, whether Slack would take it, and its text. */
export interface ReceivedMessage {
  readonly at: Date;
  readonly accepted: boolean;
  /** Whether it is a message of its own: a reply is in a thread, an update changes what is there. */
  readonly kind: 'message' | 'reply' | 'update';
  readonly lines: readonly string[];
}

/** What the Slack stand-in of an instance has received, oldest first. */
export async function receivedMessages(instance: Instance): Promise<readonly ReceivedMessage[]> {
  const answer = await fetch(`http://localhost:${instance.ports.slack}/_received`, {
    signal: AbortSignal.timeout(5_000),
  });
  const messages = received
    .parse(await answer.json())
    .filter(({ path }) => path !== '/api/auth.test');
  return messages.map(({ received_at, accepted, path, payload }) => {
    const inThread = 'thread_ts' in payload && payload.thread_ts !== undefined;
    const kind = path.endsWith('/chat.update') ? 'update' : inThread ? 'reply' : 'message';
    const shown = payload.blocks.flatMap(blockLines);
    const all = shown.length > 0 ? shown : [payload.text ?? ''];
    return { at: received_at, accepted, kind, lines: all.flatMap((line) => line.split('\n')) };
  });
}

/** What the last message since a time says at its end, as lines of text; undefined where none was sent. */
export async function lastMessage(
  instance: Instance,
  since: Date,
): Promise<readonly string[] | undefined> {
  const received = await receivedMessages(instance);
  return received.findLast(({ at, kind }) => at >= since && kind !== 'reply')?.lines;
}

function blockLines(shown: z.infer<typeof block>): string[] {
  const elements = shown.elements.flatMap(({ text: part }) =>
    typeof part === 'object' ? [`[${part.text}]`] : (part ?? []),
  );
  return [
    ...(shown.text ? [shown.text.text] : []),
    ...shown.fields.map((field) => field.text.replaceAll('\n', ' ')),
    ...(elements.length > 0 ? [elements.join('  ')] : []),
  ];
}
