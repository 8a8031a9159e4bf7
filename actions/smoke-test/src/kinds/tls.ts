import { connect, type PeerCertificate } from 'node:tls';
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

function handshake({ url, tunnelPort }: Way, limit: number): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host: tunnelPort === undefined ? host : '127.0.0.1',
      port: tunnelPort ?? Number(url.port || 443),
      // The name that is asked for, also where the connection goes elsewhere; an address is none.
      ...(!/^[\d.:]+$|:/.test(host) && { servername: host }),
      timeout: limit,
    });
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.once('timeout', () => {
      reject(new Error(`no TLS within ${Math.round(limit)} ms`));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
