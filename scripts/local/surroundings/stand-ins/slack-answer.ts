import type { Reply } from './server.ts';

/** Where an accepted message is: Slack's id of the channel, and the message's id in it. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Slack's own error code, and what is wrong, for whoever has to mend it. */
export interface Refusal {
  readonly error: string;
  readonly problems: readonly string[];
}

/** What one request is answered, and what there is to say about it. */
export interface Answer {
  readonly reply: Reply;
  /** What was sent, parsed where it could be parsed. */
  readonly payload: unknown;
  readonly refusal?: Refusal;
  readonly place?: Place;
}
