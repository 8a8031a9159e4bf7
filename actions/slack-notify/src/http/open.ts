import type { IncomingMessage, RequestOptions } from 'node:http';

export interface HttpRequest extends Pick<RequestOptions, 'method' | 'headers'> {
  readonly signal: AbortSignal;
  readonly body?: string;
}

/**
 * Sends one request and returns the answer when its head is there; `signal` ends the body too. Throws what Node.js
 * throws where nothing can be sent.
 *
 * The global `fetch` would do, but loading it takes longer than all the rest of a notification. So does an `import` of
 * `node:http`, whose list of exports has a part of `fetch`.
 */
export async function openHttp(url: URL, request: HttpRequest): Promise<IncomingMessage> {
  const { body, ...options } = request;
  const name = url.protocol === 'https:' ? 'node:https' : 'node:http';
  const { request: send } = process.getBuiltinModule(name);
  return await new Promise((resolve, reject) => {
    const outgoing = send(url, options);
    outgoing.once('response', resolve);
    // After the head there is nobody left to tell: reading the body fails by itself.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
