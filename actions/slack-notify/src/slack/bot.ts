import { type Logger, type LogLevel, WebClient } from '@slack/web-api';
import type { Message } from '../render/message.ts';
import type { Destination, MessagePlace } from './destination.ts';
import { type Deadline, NotDelivered, sendWithin } from './retry.ts';

type BotDestination = Extract<Destination, { kind: 'bot' }>;

/** A bot that posts to one channel, and changes what it posted. */
export interface Bot {
  /** Posts a message, to a thread where `thread` is given. Throws `NotDelivered`. */
  post(message: Message, thread?: Thread): Promise<MessagePlace>;
  /** Changes a message, or posts it anew where it is gone. Throws `NotDelivered`. */
  update(place: MessagePlace, message: Message): Promise<MessagePlace>;
}

/** Where a reply goes. */
export interface Thread {
  readonly place: MessagePlace;
  /** Shows it in the channel too. */
  readonly broadcast: boolean;
}

/** A message that cannot be changed any more, through no fault that a person has to mend. */
const gone = new Set([
  'message_not_found',
  'edit_window_closed',
  'cant_update_message',
  'channel_not_found',
]);

/** Signs in as the bot. All its work ends with the deadline. */
export function openBot(destination: BotDestination, deadline: Deadline): Bot {
  const clientWith = (fetch: typeof globalThis.fetch): WebClient =>
    new WebClient(destination.token, {
      slackApiUrl: destination.apiUrl,
      fetch,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: silent,
    });
  const quiet = { unfurl_links: false, unfurl_media: false } as const;

  const post = async (message: Message, thread?: Thread): Promise<MessagePlace> => {
    const broadcast = thread?.broadcast === true ? ({ reply_broadcast: true } as const) : {};
    const reply = thread && { thread_ts: thread.place.ts, ...broadcast };
    const channel = thread?.place.channel ?? destination.channel;
    const answer = await sendWithin({
      idempotent: false,
      deadline,
      send: (fetch) =>
        clientWith(fetch).chat.postMessage({ channel, ...message, ...quiet, ...reply }),
    });
    return { channel: answer.channel, ts: answer.ts ?? '' };
  };

  const update = async (place: MessagePlace, message: Message): Promise<MessagePlace> => {
    const channel = place.channel ?? destination.channel;
    try {
      await sendWithin({
        idempotent: true,
        deadline,
        send: (fetch) => clientWith(fetch).chat.update({ channel, ts: place.ts, ...message }),
      });
      return { channel, ts: place.ts };
    } catch (error) {
      if (!(error instanceof NotDelivered && gone.has(error.code))) throw error;
      return await post(message);
    }
  };
  return { post, update };
}

const nothing = () => undefined;
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => 'error' as LogLevel,
  setName: nothing,
};
