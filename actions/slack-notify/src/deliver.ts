import { LogLevel, WebClient } from '@slack/web-api';
import { IncomingWebhook } from '@slack/webhook';
import { PhaseFailed } from '../../shared/src/errors.ts';
import type { Destination } from './inputs.ts';
import type { Message } from './message.ts';

/** Sends the message once. Throws `PhaseFailed` unless Slack says within `timeout` milliseconds that it took it. */
export async function deliver(
  destination: Destination,
  message: Message,
  timeout: number,
): Promise<void> {
  try {
    if (destination.kind === 'webhook') await sendToWebhook(destination.url, message, timeout);
    else await postAsBot(destination, message, timeout);
  } catch (error) {
    if (error instanceof PhaseFailed) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PhaseFailed('Slack', `${reason}${advice(error)}`, { cause: error });
  }
}

async function sendToWebhook(url: string, message: Message, timeout: number): Promise<void> {
  const { text } = await new IncomingWebhook(url, { timeout }).send(message);
  if (text !== 'ok') {
    throw new PhaseFailed(
      'Slack',
      `the webhook answered ${JSON.stringify(text.slice(0, 200))} instead of "ok"`,
    );
  }
}

async function postAsBot(
  destination: Extract<Destination, { kind: 'bot' }>,
  message: Message,
  timeout: number,
): Promise<void> {
  const client = new WebClient(destination.token, {
    slackApiUrl: destination.apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  // The client throws where Slack answers ok: false.
  await client.chat.postMessage({ channel: destination.channel, ...message });
}

const advices: Readonly<Record<string, string>> = {
  invalid_auth: 'the bot token is not valid: install the app again and update the secret',
  token_revoked: 'the bot token was revoked: install the app again and update the secret',
  channel_not_found: 'check the input channel, and invite the bot to it (/invite)',
  not_in_channel: 'invite the bot to the channel (/invite)',
  no_service: 'the webhook was removed: make a new one and update the secret',
};

function advice(error: unknown): string {
  const said = JSON.stringify(error, Object.getOwnPropertyNames(error ?? {}));
  const code = Object.keys(advices).find((name) => said?.includes(name));
  return code === undefined ? '' : `; ${advices[code]}`;
}
