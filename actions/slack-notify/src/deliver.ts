import { explain } from '../../shared/src/errors.ts';
import type { Facts } from './facts.ts';
import type { Inputs } from './inputs.ts';
import { renderMessage } from './message.ts';
import type { Bot } from './slack/bot.ts';
import type { MessagePlace } from './slack/destination.ts';
import { type Deadline, NotDelivered } from './slack/retry.ts';
import { detailBlocks, renderReply } from './thread.ts';

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
    const { sendToWebhook } = await import('./slack/webhook.ts');
    await sendToWebhook(destination.url, message, deadline);
    return { place: undefined, problems: [] };
  }
  if (place === undefined && phase === 'progress') {
    return { nothing: 'the run has no message that could be changed: input message is empty' };
  }
  const { openBot } = await import('./slack/bot.ts');
  const bot = openBot(destination, deadline);
  if (place === undefined) {
    const posted = await bot.post(renderMessage(facts, locale, mentions));
    return { place: posted, problems: await reply(bot, posted, options, []) };
  }
  const changed = await bot.update(place, renderMessage(facts, locale));
  // Slack calls nobody for a mention in a message that is changed.
  return { place: changed, problems: await reply(bot, changed, options, mentions) };
}

/** Puts the details below the message, and returns what went wrong: the message itself is there already. */
async function reply(
  bot: Bot,
  place: MessagePlace,
  { inputs, facts }: DeliveryOptions,
  mentions: readonly string[],
): Promise<string[]> {
  if (inputs.phase !== 'finish') return [];
  const message = renderReply(facts, inputs.locale, mentions);
  if (message === undefined) return [];
  try {
    await bot.post(message, { place, broadcast: mentions.length > 0 });
    return [];
  } catch (error) {
    if (!(error instanceof NotDelivered)) throw error;
    return [`the details below the message are missing. ${explain(error)}`];
  }
}
