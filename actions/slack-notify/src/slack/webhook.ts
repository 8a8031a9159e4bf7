import { IncomingWebhook } from '@slack/webhook';
import type { Message } from '../render/message.ts';
import { type Deadline, sendWithin } from './retry.ts';

/** Sends a message to an incoming webhook. Throws `NotDelivered`. */
export async function sendToWebhook(
  url: string,
  message: Message,
  deadline: Deadline,
): Promise<void> {
  await sendWithin({
    idempotent: false,
    deadline,
    send: async (fetch) => {
      const payload = { ...message, unfurl_links: false, unfurl_media: false };
      const { text } = await new IncomingWebhook(url, { fetch }).send(payload);
      // With status 200 and another text Slack, or whoever answers in its place, did not take it.
      if (text !== 'ok') throw new WebhookAnswer(text);
    },
  });
}

class WebhookAnswer extends Error {
  readonly data: { readonly error: unknown };

  constructor(text: string) {
    super(`the webhook answered ${JSON.stringify(text.slice(0, 200))} instead of "ok"`);
    this.data = { error: errorIn(text) };
  }
}

function errorIn(text: string): unknown {
  try {
    return JSON.parse(text)?.error;
  } catch {
    return text;
  }
}
