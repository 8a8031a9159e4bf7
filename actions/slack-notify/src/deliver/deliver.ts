import { explain } from '../../../shared/src/errors.ts';
import type { Facts } from '../decide/facts.ts';
import type { Inputs } from '../inputs.ts';
import { fitted } from '../render/fit.ts';
import { type Message, renderMessage } from '../render/message.ts';
import { detailBlocks, renderReply } from '../render/thread.ts';
import type { Bot } from '../slack/bot.ts';
import type { Destination, MessagePlace } from '../slack/destination.ts';
import { type Deadline, NotDelivered } from '../slack/retry.ts';

export interface Delivery {
  /** Where the run's message is now; undefined for a webhook, which does not tell. */
  readonly place: MessagePlace | undefined;
  /** What was left out, in words. */
  readonly problems: readonly string[];
}

/** The message was not meant to be sent: nothing went wrong. */
export interface Nothing {
  readonly nothing: string;
}

export interface DeliveryOptions {
  readonly inputs: Pick<Inputs, 'phase' | 'destination' | 'locale'>;
  readonly facts: Facts;
  readonly mentions: readonly string[];
  /** Of the run's message, where there is one. */
  readonly place: MessagePlace | undefined;
  readonly deadline: Deadline;
}

/** Starts to load the client of a destination, which takes as long as GitHub takes to answer. */
export function preload({ kind }: Destination): void {
  const loading = kind === 'bot' ? import('../slack/bot.ts') : import('../slack/webhook.ts');
  // Whoever needs it loads it again, and is told what went wrong.
  loading.catch(() => undefined);
}

/** Tells Slack what the facts say. Throws `NotDelivered` where it does not take the run's own message. */
export async function deliver(options: DeliveryOptions): Promise<Delivery | Nothing> {
  const { inputs, facts, mentions, place, deadline } = options;
  const { destination, phase, locale } = inputs;
  if (destination.kind === 'webhook') {
    if (phase !== 'finish') {
      return { nothing: 'a webhook cannot change what it sent: it tells the end only' };
    }
    const { text, blocks } = renderMessage(facts, locale, mentions);
    const message = { text, blocks: [...blocks, ...detailBlocks(facts, locale)] };
    const { sendToWebhook } = await import('../slack/webhook.ts');
    const problems: string[] = [];
    await plainlyIfNeeded(message, problems, (each) =>
      sendToWebhook(destination.url, each, deadline),
    );
    return { place: undefined, problems };
  }
  if (place === undefined && phase === 'progress') {
    return { nothing: 'the run has no message that could be changed: input message is empty' };
  }
  const { openBot } = await import('../slack/bot.ts');
  const bot = openBot(destination, deadline);
  if (place === undefined) {
    const problems: string[] = [];
    const message = renderMessage(facts, locale, mentions);
    const posted = await plainlyIfNeeded(message, problems, (each) => bot.post(each));
    return { place: posted, problems: [...problems, ...(await reply(bot, posted, options, []))] };
  }
  const problems: string[] = [];
  const changed = await plainlyIfNeeded(renderMessage(facts, locale), problems, (each) =>
    bot.update(place, each),
  );
  // Slack calls nobody for a mention in a message that is changed.
  const replied = await reply(bot, changed, options, mentions);
  return { place: changed, problems: [...problems, ...replied] };
}

const aboutBlocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
]);

/** Sends as much as Slack takes; the text alone where it takes no blocks, since that is better than nothing. */
async function plainlyIfNeeded<Answer>(
  whole: Message,
  problems: string[],
  send: (message: Message) => Promise<Answer>,
): Promise<Answer> {
  const { message, leftOut } = fitted(whole);
  if (leftOut > 0) problems.push(tooLong(leftOut));
  try {
    return await send(message);
  } catch (error) {
    if (!(error instanceof NotDelivered && aboutBlocks.has(error.code))) throw error;
    problems.push(`the message has its headline only. ${explain(error)}`);
    return await send({ text: message.text, blocks: [] });
  }
}

/** Puts the details below the message, and returns what went wrong: the message itself is there already. */
async function reply(
  bot: Bot,
  place: MessagePlace,
  { inputs, facts }: DeliveryOptions,
  mentions: readonly string[],
): Promise<string[]> {
  if (inputs.phase !== 'finish') return [];
  const whole = renderReply(facts, inputs.locale, mentions);
  if (whole === undefined) return [];
  const { message, leftOut } = fitted(whole);
  try {
    await bot.post(message, { place, broadcast: mentions.length > 0 });
    return leftOut > 0 ? [tooLong(leftOut)] : [];
  } catch (error) {
    if (!(error instanceof NotDelivered)) throw error;
    return [`the details below the message are missing. ${explain(error)}`];
  }
}

function tooLong(leftOut: number): string {
  return `the message lacks its last ${leftOut === 1 ? 'part' : `${leftOut} parts`}: Slack takes no longer one`;
}
