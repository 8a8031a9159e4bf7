import type { SmokeCheck } from '../checks/types.ts';
import type { Kind } from '../run.ts';
import { browser } from './browser.ts';
import { command } from './command.ts';
import { containers } from './containers.ts';
import { latency } from './latency.ts';
import { page } from './page.ts';
import { rateLimit } from './rate-limit.ts';
import { request } from './request.ts';
import { sequence } from './sequence.ts';
import { tls } from './tls.ts';

const kinds = {
  request,
  sequence,
  page,
  browser,
  latency,
  'rate-limit': rateLimit,
  containers,
  command,
  tls,
} as const;

/** How a check of its kind is asked. */
export function kindOf(check: SmokeCheck): Kind {
  return kinds[check.kind ?? 'request'] as Kind;
}

/** Whether asking it needs nothing but the connection to the host. */
export function asksHostOnly({ kind }: SmokeCheck): boolean {
  return kind === 'containers' || kind === 'command';
}
