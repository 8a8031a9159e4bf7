/** Where messages go. */
export type Destination =
  | { readonly kind: 'webhook'; readonly url: string }
  | {
      readonly kind: 'bot';
      readonly token: string;
      readonly channel: string;
      readonly apiUrl: string;
    };

/** Where a message of a bot is: the channel's id and the message's `ts` in it. */
export interface MessagePlace {
  /** Undefined where only `ts` was handed on. */
  readonly channel: string | undefined;
  readonly ts: string;
}

const place = /^(?:(?<channel>[CDG][A-Z0-9]{6,20}):)?(?<ts>\d{1,12}\.\d{1,9})$/;

/** The text that travels between jobs and runs, such as `C0123ABCD:1700000000.000100`. */
export function formatPlace({ channel, ts }: MessagePlace): string {
  return channel === undefined ? ts : `${channel}:${ts}`;
}

/** Reads what `formatPlace` wrote, or a `ts` alone. Throws where it is neither. */
export function parsePlace(text: string): MessagePlace {
  const { channel, ts } = place.exec(text)?.groups ?? {};
  if (ts === undefined) throw new Error(`${JSON.stringify(text)} is not the place of a message`);
  return { channel, ts };
}

/** When a message was posted: `ts` is seconds since 1970. */
export function postedAt({ ts }: MessagePlace): Date {
  return new Date(Number.parseFloat(ts) * 1000);
}
