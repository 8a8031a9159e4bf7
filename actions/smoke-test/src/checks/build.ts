import type {
  BrowserCheck,
  CommandCheck,
  ContainersCheck,
  LatencyCheck,
  PageCheck,
  RateLimitCheck,
  RequestCheck,
  SequenceCheck,
  TlsCheck,
} from './types.ts';

type Without<Check extends { readonly kind?: unknown }> = Omit<Check, 'kind'>;

/** One request and what must come back. */
export const request = (check: Without<RequestCheck>): RequestCheck => ({
  kind: 'request',
  ...check,
});

/** Steps that hand values on, and a clean-up. */
export const sequence = (check: Without<SequenceCheck>): SequenceCheck => ({
  kind: 'sequence',
  ...check,
});

/** A page with its scripts, styles, deep links and a missing asset. */
export const page = (check: Without<PageCheck>): PageCheck => ({ kind: 'page', ...check });

/** What a real Chromium does and sees. */
export const browser = (check: Without<BrowserCheck>): BrowserCheck => ({
  kind: 'browser',
  ...check,
});

/** A budget for 95 of 100 answers. */
export const latency = (check: Without<LatencyCheck>): LatencyCheck => ({
  kind: 'latency',
  ...check,
});

/** That a client which asks too often is refused. */
export const rateLimit = (check: Without<RateLimitCheck>): RateLimitCheck => ({
  kind: 'rate-limit',
  ...check,
});

/** That the containers on the host run what was built. */
export const containers = (check: Without<ContainersCheck>): ContainersCheck => ({
  kind: 'containers',
  ...check,
});

/** A command in a container. */
export const command = (check: Without<CommandCheck>): CommandCheck => ({
  kind: 'command',
  ...check,
});

/** The certificate of an https address. */
export const tls = (check: Without<TlsCheck>): TlsCheck => ({ kind: 'tls', ...check });
