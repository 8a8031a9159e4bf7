import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type HttpProxy, ProxyFailed, proxyHeaders } from './proxy.ts';

/**
 * Asks a proxy for a connection to an address, and returns it. Throws `ProxyFailed`, or what `signal` was aborted with.
 *
 * Node.js has proxies of its own (`proxyEnv`), which wait for ever where a proxy takes the connection and says nothing.
 */
export async function tunnelThrough(
  proxy: HttpProxy,
  address: URL,
  signal: AbortSignal,
): Promise<Socket> {
  const port = address.port || (address.protocol === 'https:' ? '443' : '80');
  const target = `${address.hostname}:${port}`;
  const { request } = process.getBuiltinModule(
    proxy.url.protocol === 'https:' ? 'node:https' : 'node:http',
  );
  return await new Promise((resolve, reject) => {
    const outgoing = request(proxy.url, {
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...proxyHeaders(proxy) },
      signal,
      agent: false,
    });
    outgoing.once('connect', ({ statusCode = 0, statusMessage }: IncomingMessage, socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket as Socket);
      socket.destroy();
      reject(proxyRefusal(proxy, target, statusCode, statusMessage));
    });
    // An answer that switches no protocol comes as one to any other request.
    outgoing.once('response', (answer) => {
      answer.destroy();
      reject(proxyRefusal(proxy, target, answer.statusCode ?? 0, answer.statusMessage));
    });
    outgoing.once('error', (error) => reject(signal.aborted ? error : unreachable(proxy, error)));
    outgoing.end();
  });
}

/** The same with TLS, which is between this machine and the address: the proxy sees none of it. */
export async function tlsThrough(
  proxy: HttpProxy,
  address: URL,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const socket = await tunnelThrough(proxy, address, signal);
  const name = address.hostname.replace(/^\[|\]$/g, '');
  const { connect } = process.getBuiltinModule('node:tls');
  // An address is no name that a certificate could be chosen by.
  return connect({ socket, ...(isAddress(name) ? { host: name } : { servername: name }) });
}

/** Whether a host is named by its address. */
export function isAddress(name: string): boolean {
  return /^[\d.]+$|:/.test(name);
}

/** What a proxy's own answer means, in words. */
export function proxyRefusal(
  { title, credentials }: HttpProxy,
  target: string,
  status: number,
  reason = '',
): ProxyFailed {
  const advice =
    status === 407
      ? credentials === ''
        ? '; it wants a name and a password: http://name:password@…'
        : '; it does not take the name and password in that variable'
      : '';
  const answer = `${status} ${reason}`.trim();
  return new ProxyFailed(
    `PROXY_${status}`,
    `${title} does not lead to ${target}: ${answer}${advice}`,
  );
}

/** A proxy that could not be asked. */
export function unreachable({ title }: HttpProxy, error: Error): ProxyFailed {
  const { code } = error as NodeJS.ErrnoException;
  return new ProxyFailed(
    code ?? 'PROXY_UNREACHABLE',
    `${title} cannot be reached: ${code ?? error.message}`,
    { cause: error },
  );
}
