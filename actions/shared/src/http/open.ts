import type { IncomingMessage, RequestOptions } from 'node:http';
import { type HttpProxy, proxyFor, proxyHeaders } from './proxy.ts';
import { isAddress, proxyRefusal, tlsThrough, unreachable } from './tunnel.ts';

export interface HttpRequest {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly body?: string;
  /** Sent as it is in the place of the address' own path and query. */
  readonly path?: string;
  /** Where the connection goes, whatever the address says; never through a proxy. */
  readonly connectTo?: { readonly host: string; readonly port: number };
  /** Whether the connection is for this request alone. */
  readonly alone?: boolean;
  /** Is called when the other side, not only a proxy, has taken the connection. */
  readonly onConnect?: () => void;
}

/**
 * Sends one request, through the proxy that the environment names for the address, and returns the answer when its head
 * is there; `signal` ends the body too. Throws `ProxyFailed`, or what Node.js throws where nothing can be sent.
 *
 * The global `fetch` would do, but loading it takes longer than all the rest of a notification. So does an `import` of
 * `node:http`, whose list of exports has a part of `fetch`.
 */
export async function openHttp(address: URL, request: HttpRequest): Promise<IncomingMessage> {
  const proxy = request.connectTo === undefined ? proxyFor(address) : undefined;
  if (proxy === undefined) return await send(directly(address, request), request);
  if (address.protocol === 'https:') {
    const socket = await tlsThrough(proxy, address, request.signal);
    request.onConnect?.();
    const options = { ...common(address, request), createConnection: () => socket };
    return await send({ ...options, protocol: 'https:' }, request);
  }
  return await sendPlainly(proxy, address, request);
}

/** What is the same on every way: it is the other side that reads it. */
function common(address: URL, { method = 'GET', headers, signal, path }: HttpRequest) {
  const own = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'host');
  return {
    method,
    path: path ?? address.pathname + address.search,
    headers: { ...(own ? {} : { host: address.host }), ...headers },
    signal,
  } satisfies RequestOptions;
}

function directly(address: URL, request: HttpRequest): RequestOptions {
  const { connectTo, alone = false } = request;
  const tls = address.protocol === 'https:';
  const name = address.hostname.replace(/^\[|\]$/g, '');
  return {
    ...common(address, request),
    protocol: address.protocol,
    ...(connectTo ?? { host: name, port: address.port || (tls ? 443 : 80) }),
    // An address is no name to ask a certificate for, but what it is judged by where the connection goes elsewhere.
    ...(tls && (connectTo !== undefined || !isAddress(name)) && { servername: name }),
    ...(alone && { agent: false }),
  };
}

/** A request without TLS is given to the proxy itself, with the whole address. */
async function sendPlainly(
  proxy: HttpProxy,
  address: URL,
  request: HttpRequest,
): Promise<IncomingMessage> {
  const { path, headers, ...options } = common(address, request);
  const { protocol, hostname, port } = proxy.url;
  const way = {
    ...options,
    protocol,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (protocol === 'https:' ? 443 : 80),
    path: `http://${address.host}${path}`,
    headers: { ...headers, ...proxyHeaders(proxy) },
    agent: false,
  } as const;
  const { onConnect: _, ...sent } = request;
  const answer = await send(way, sent).catch((error: Error) => {
    throw request.signal.aborted ? error : unreachable(proxy, error);
  });
  if (answer.statusCode !== 407) return answer;
  answer.destroy();
  throw proxyRefusal(proxy, address.host, answer.statusCode, answer.statusMessage);
}

async function send(
  options: RequestOptions,
  { body, onConnect }: Pick<HttpRequest, 'body' | 'onConnect'>,
): Promise<IncomingMessage> {
  const name = options.protocol === 'https:' ? 'node:https' : 'node:http';
  const { request } = process.getBuiltinModule(name);
  return await new Promise((resolve, reject) => {
    const outgoing = request(options);
    if (onConnect !== undefined)
      outgoing.once('socket', (socket) => {
        socket.once('connect', onConnect);
      });
    outgoing.once('response', resolve);
    // After the head there is nobody left to tell: reading the body fails by itself.
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
