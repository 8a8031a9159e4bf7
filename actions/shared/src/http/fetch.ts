import type { IncomingMessage } from 'node:http';
import { type HttpRequest, openHttp } from './open.ts';

const mostRedirects = 5;
// An answer is a few kilobytes; whoever sends this much is neither Slack nor GitHub.
const longestBody = 20 * 1024 * 1024;

/** As much of `fetch` as the clients of Slack and GitHub use, so that they need not load the global one. */
export const lightFetch = (async (input: string | URL | Request, init: RequestInit = {}) => {
  const { method = 'GET', body, signal, redirect = 'follow' } = init;
  if (body !== undefined && body !== null && typeof body !== 'string')
    throw new TypeError('only text can be sent');
  const request: HttpRequest = {
    method,
    headers: headersOf(init.headers, body),
    signal: signal ?? new AbortController().signal,
    ...(typeof body === 'string' ? { body } : {}),
  };
  let url = new URL(input instanceof URL ? input : String(input));
  for (let redirects = 0; ; redirects += 1) {
    const answer = await openHttp(url, request).catch((error: unknown) => {
      // Node.js says that it was aborted, `fetch` by what.
      throw request.signal.aborted ? request.signal.reason : error;
    });
    const { location } = answer.headers;
    const moved = isRedirect(answer) && location !== undefined;
    if (!moved || redirect === 'manual') return responseOf(answer, url);
    answer.resume();
    const next = new URL(location, url);
    // A request may carry a token or change something: neither goes to somebody else.
    const follow = redirect === 'follow' && method === 'GET' && next.origin === url.origin;
    if (!follow || redirects >= mostRedirects)
      throw new TypeError(`${url.origin} answered with an unexpected redirect`);
    url = next;
  }
}) as unknown as typeof globalThis.fetch;

function headersOf(given: RequestInit['headers'], body: unknown): Readonly<Record<string, string>> {
  const length =
    typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return { ...(given as Record<string, string> | undefined), ...length };
}

function isRedirect({ statusCode = 0 }: IncomingMessage): boolean {
  return [301, 302, 303, 307, 308].includes(statusCode);
}

function responseOf(answer: IncomingMessage, url: URL) {
  const headers = new Map(
    Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const status = answer.statusCode ?? 0;
  const text = () => readText(answer);
  return {
    status,
    ok: status >= 200 && status < 300,
    statusText: answer.statusMessage ?? '',
    url: url.href,
    headers: {
      get: (name: string) => headers.get(name.toLowerCase()) ?? null,
      entries: () => headers.entries(),
      [Symbol.iterator]: () => headers[Symbol.iterator](),
    },
    text,
    json: async () => JSON.parse(await text()),
    arrayBuffer: async () => new TextEncoder().encode(await text()).buffer,
  };
}

async function readText(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longestBody) throw new TypeError('the answer does not end');
  }
  return text;
}
