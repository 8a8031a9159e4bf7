import { once } from 'node:events';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { proxyFor } from '../../../shared/src/http/proxy.ts';
import { tlsThrough } from '../../../shared/src/http/tunnel.ts';
import type { TlsCheck } from '../checks/types.ts';
import { noAnswer } from '../http/no-answer.ts';
import type { Way } from '../http/way.ts';
import type { Deviation } from '../judge/deviation.ts';
import { failedTrial, type Kind } from '../run.ts';

const day = 24 * 60 * 60 * 1000;
const fewestDays = 7;

/** The certificate is trusted, for this name, and does not end soon. */
export const tls: Kind<TlsCheck> = {
  expected: (check) => `a trusted certificate, for ${check['days-left'] ?? fewestDays} days more`,
  async attempt(check, { client: { way } }, limit) {
    if (way.url.protocol !== 'https:')
      return failedTrial('an https address', `${way.url.protocol}//`);
    try {
      const certificate = await handshake(way, limit);
      const deviations = judgeEnd(certificate, check['days-left'] ?? fewestDays);
      return { deviations, seen: `valid until ${certificate.valid_to}` };
    } catch (error) {
      return failedTrial('a trusted certificate', noAnswer(error, true).message);
    }
  },
};

function judgeEnd({ valid_to: end }: PeerCertificate, days: number): Deviation[] {
  const left = (Date.parse(end) - Date.now()) / day;
  if (left >= days) return [];
  const actual = `${left.toFixed(1)} days: it ends on ${end}`;
  return [{ what: 'certificate', expected: `valid for ${days} days more`, actual }];
}

async function handshake(way: Way, limit: number): Promise<PeerCertificate> {
  const signal = AbortSignal.timeout(Math.max(1, Math.round(limit)));
  try {
    const socket = await connectTo(way, signal);
    using _ = { [Symbol.dispose]: () => socket.destroy() };
    await once(socket, 'secureConnect', { signal });
    return socket.getPeerCertificate();
  } catch (error) {
    if (signal.aborted) throw new Error(`no TLS within ${Math.round(limit)} ms`, { cause: error });
    throw error;
  }
}

async function connectTo({ url, tunnelPort }: Way, signal: AbortSignal): Promise<TLSSocket> {
  const proxy = tunnelPort === undefined ? proxyFor(url) : undefined;
  if (proxy !== undefined) return await tlsThrough(proxy, url, signal);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return connect({
    host: tunnelPort === undefined ? host : '127.0.0.1',
    port: tunnelPort ?? Number(url.port || 443),
    // The name that is asked for, also where the connection goes elsewhere; an address is none.
    ...(!/^[\d.:]+$|:/.test(host) && { servername: host }),
  });
}
