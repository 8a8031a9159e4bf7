import { z } from 'zod';
import type { Instance } from './instance.ts';

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
      z.looseObject({ text: z.string().optional(), blocks: z.array(block).default([]) }),
    ]),
  }),
);

/** One request that the Slack stand-in got: when, whether Slack would take it, and its text. */
export interface ReceivedMessage {
  readonly at: Date;
  readonly accepted: boolean;
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
  return messages.map(({ received_at, accepted, payload }) => {
    const shown = payload.blocks.flatMap(blockLines);
    const all = shown.length > 0 ? shown : [payload.text ?? ''];
    return { at: received_at, accepted, lines: all.flatMap((line) => line.split('\n')) };
  });
}

/** The last message since a time, as lines of text; undefined where none was sent. */
export async function lastMessage(
  instance: Instance,
  since: Date,
): Promise<readonly string[] | undefined> {
  return (await receivedMessages(instance)).findLast(({ at }) => at >= since)?.lines;
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
