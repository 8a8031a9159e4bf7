import { lightFetch } from '../../../shared/src/http/fetch.ts';

/** What is known of one request to Slack, whatever its client makes of it. */
export interface Observed {
  /** HTTP status of the answer; undefined where none came. */
  status: number | undefined;
  /** Milliseconds that Slack asked to wait. */
  retryAfter: number | undefined;
  /** What stopped the request on its way. */
  failure: unknown;
}

/** A `fetch` that ends with `signal`, and notes what it saw. */
export function observedFetch(signal: AbortSignal): { fetch: typeof fetch; observed: Observed } {
  const observed: Observed = { status: undefined, retryAfter: undefined, failure: undefined };
  return {
    observed,
    fetch: async (input, init) => {
      try {
        const response = await lightFetch(input, { ...init, signal });
        observed.status = response.status;
        observed.retryAfter = retryAfter(response.headers.get('retry-after'));
        return response;
      } catch (error) {
        observed.failure = error;
        throw error;
      }
    },
  };
}

function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
