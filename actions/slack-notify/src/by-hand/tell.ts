import type { Locale } from '../render/texts/languages.ts';
import type { Destination } from '../slack/destination.ts';
import type { Deadline } from '../slack/retry.ts';
import type { ByHand } from './change.ts';
import { renderByHand } from './message.ts';

/** Where and how a change is told. */
export interface Telling {
  readonly destination: Destination;
  readonly locale: Locale;
  readonly deadline: Deadline;
}

/** Tells Slack what somebody changed by hand. Throws `NotDelivered`. */
export async function tellByHand(given: ByHand, telling: Telling): Promise<void> {
  const { destination, locale, deadline } = telling;
  const message = renderByHand(given, locale);
  if (destination.kind === 'webhook') {
    const { sendToWebhook } = await import('../slack/webhook.ts');
    await sendToWebhook(destination.url, message, deadline);
  } else {
    const { openBot } = await import('../slack/bot.ts');
    await openBot(destination, deadline).post(message);
  }
}
