import { Octokit } from '@octokit/rest';
import { lightFetch } from '../../actions/shared/src/http/fetch.ts';
import { UserError } from '../terminal/errors.ts';

/** What GitHub's API told; nothing is taken for right that it did not tell. */
export type Answer<Data> =
  | { readonly kind: 'told'; readonly data: Data }
  /** It has no such thing, as far as this token sees. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

export interface Access {
  readonly apiUrl: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Asks GitHub's API. */
export interface Asker {
  /**
   * Calls the API. Throws `UserError` where nothing at all can be asked: no network, or a token that is not valid.
   */
  readonly ask: <Data>(
    call: (octokit: Octokit, request: RequestOptions) => Promise<Data>,
  ) => Promise<Answer<Data>>;
}

interface RequestOptions {
  readonly signal: AbortSignal;
}

// Milliseconds.
const patience = 20_000;

/** Opens the API. */
export function openAsker({ apiUrl, token, signal }: Access): Asker {
  const octokit = new Octokit({
    baseUrl: apiUrl.replace(/\/$/, ''),
    auth: token,
    log: silent,
    request: { fetch: lightFetch },
  });
  return {
    async ask(call) {
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
        return { kind: 'told', data: await call(octokit, { signal: limit }) };
      } catch (error) {
        signal.throwIfAborted();
        return answerOf(error, apiUrl);
      }
    },
  };
}

interface Failure {
  readonly status: number;
  readonly message: string;
  /** Undefined where no answer came. */
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

function answerOf(error: unknown, apiUrl: string): Answer<never> {
  if (!isFailure(error)) throw error;
  const { status, message, response } = error;
  if (response === undefined)
    throw new UserError(
      `${apiUrl} cannot be reached (${message}), so nothing was checked. Check the network; behind a proxy set HTTPS_PROXY, for another server GITHUB_API_URL.`,
      { cause: error },
    );
  if (status === 401)
    throw new UserError(
      `GitHub does not take the token (${message}), so nothing was checked. Set GITHUB_TOKEN to another one, or sign in: gh auth login`,
      { cause: error },
    );
  if (status === 404) return { kind: 'absent' };
  const { headers = {} } = response;
  if (status === 429 || headers['x-ratelimit-remaining'] === '0' || headers['retry-after'])
    return {
      kind: 'unknown',
      why: `GitHub answers no more questions for a while (${status}): try again later`,
    };
  if (status === 403)
    return { kind: 'unknown', why: `this token may not ask that (403: ${message})` };
  return { kind: 'unknown', why: `GitHub answered ${status}: ${message}` };
}

function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
