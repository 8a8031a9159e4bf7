import type { IncomingMessage } from 'node:http';
import { openHttp } from '../../../shared/src/http/open.ts';
import type { Answer } from './answer.ts';
import { readAnswer } from './answer.ts';
import { NoAnswer, noAnswer } from './no-answer.ts';
import type { Way } from './way.ts';

/** A request with all placeholders filled in. */
export interface PlainRequest {
  readonly method: string;
  /** With the query; comes after the way's own path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends a request on a connection of its own, so that whoever balances connections may choose anew, and reads the answer
 * to its end; redirects are answers. Throws `NoAnswer`.
 */
export async function ask(way: Way, request: PlainRequest, limit: number): Promise<Answer> {
  const started = performance.now();
  const milliseconds = Math.max(1, Math.round(limit));
  const signal = AbortSignal.timeout(milliseconds);
  let connected = false;
  try {
    const message = await send(way, request, signal, () => {
      connected = true;
    });
    connected = true;
    return await readAnswer(message, started);
  } catch (error) {
    if (signal.aborted) {
      throw new NoAnswer(`none within ${milliseconds} ms`, !connected, { cause: error });
    }
    throw noAnswer(error, connected);
  }
}

function send(
  { url, tunnelPort }: Way,
  { method, path, headers, body }: PlainRequest,
  signal: AbortSignal,
  onConnect: () => void,
): Promise<IncomingMessage> {
  return openHttp(url, {
    method,
    path: url.pathname.replace(/\/$/, '') + path,
    headers: {
      host: url.host,
      'user-agent': 'smoke-test',
      accept: '*/*',
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      }),
      ...lowerCase(headers),
    },
    ...(body !== undefined && { body }),
    signal,
    alone: true,
    // The tunnel's end on this side takes every connection, whoever is behind it.
    ...(tunnelPort === undefined
      ? { onConnect }
      : { connectTo: { host: '127.0.0.1', port: tunnelPort } }),
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
