import { setTimeout as pause } from 'node:timers/promises';
import { explain } from '../../shared/src/errors.ts';
import { proxyFor } from '../../shared/src/http/proxy.ts';
import type { Host } from './host/host.ts';
import { ask } from './http/ask.ts';
import { NoAnswer } from './http/no-answer.ts';
import type { Way } from './http/way.ts';

export interface ReachOptions {
  readonly url: URL;
  readonly host: Host | undefined;
  /** `auto`: through the SSH connection where the address cannot be reached directly. */
  readonly tunnel: 'auto' | 'always' | 'never';
  /** Where the application listens, as the host sees it. */
  readonly target: { readonly host: string; readonly port: number };
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly onChange: (line: string) => void;
}

/** The way on which the application answers, or why there is none. */
export type Reach =
  | { readonly way: Way; readonly note?: string }
  | {
      readonly way?: undefined;
      readonly reason: string;
      /** Whether the address could not be reached from the host either, which is more than the runner's own trouble. */
      readonly askedThroughTunnel: boolean;
    };

// A deploy has proven the containers by now: what does not answer for so long cannot be reached, or is broken.
const mostPatience = 15_000;
const longestTry = 5000;

/** Finds out whether the application can be reached directly, or through the SSH connection. */
export async function reach(options: ReachOptions): Promise<Reach> {
  const { url, host, tunnel, deadline, onChange } = options;
  const began = Date.now();
  const patience = Math.min(mostPatience, (deadline - began) / 4);
  const direct: Way = { url };
  let through: Way | undefined;
  let reason = '';
  let tunnelReason = '';
  if (tunnel === 'always') through = await openTunnel(options);
  for (let wait = 250; ; wait = Math.min(wait * 1.6, 4000)) {
    if (tunnel !== 'always') {
      const answer = await answers(direct, deadline);
      if (answer.reached) return { way: direct };
      if (answer.reason !== reason) {
        reason = answer.reason;
        onChange(`${url.origin} does not answer directly: ${reason}`);
      }
      if (tunnel === 'auto' && host !== undefined && Date.now() - began >= patience) {
        try {
          through ??= await openTunnel(options);
        } catch (error) {
          tunnelReason = explain(error);
        }
      }
    }
    if (through !== undefined) {
      const answer = await answers(through, deadline);
      if (answer.reached)
        return { way: through, ...(reason !== '' && { note: unreachable(url, reason) }) };
      tunnelReason = answer.reason;
    }
    const rest = wait * (0.75 + Math.random() / 2);
    if (Date.now() + rest >= deadline) break;
    await pause(rest);
  }
  const reasons = [
    ...(reason === '' ? [] : [unreachable(url, reason)]),
    ...(tunnelReason === '' ? [] : [`through the SSH connection: ${tunnelReason}`]),
  ];
  return { reason: reasons.join('; '), askedThroughTunnel: through !== undefined };
}

function unreachable(url: URL, reason: string): string {
  return `the runner cannot reach ${url.origin}: ${reason}`;
}

async function openTunnel({ url, host, target }: ReachOptions): Promise<Way> {
  if (host === undefined) throw new Error('there is no SSH connection to go through');
  return { url, tunnelPort: await host.forward(target) };
}

type Reached = { readonly reached: true } | { readonly reached: false; readonly reason: string };

/** Any answer counts, a refused certificate too: there is somebody. Through the tunnel only what comes back tells. */
async function answers(way: Way, deadline: number): Promise<Reached> {
  try {
    const limit = Math.max(Math.min(longestTry, deadline - Date.now()), 1000);
    const { status } = await ask(way, { method: 'GET', path: '/', headers: {} }, limit);
    const proxy = proxyOf(way);
    if (proxy !== undefined && status >= 502 && status <= 504)
      return { reached: false, reason: `${proxy} answers ${status}, which may be its own word` };
    return { reached: true };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return error.unreachable ? { reached: false, reason: error.message } : { reached: true };
  }
}

/** The proxy that answers in the place of an application that it does not reach: with TLS it would have to say so. */
function proxyOf({ url, tunnelPort }: Way): string | undefined {
  const direct = tunnelPort === undefined && url.protocol === 'http:';
  return direct ? proxyFor(url)?.title : undefined;
}
