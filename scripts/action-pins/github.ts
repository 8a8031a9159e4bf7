import { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { lightFetch } from '../../actions/shared/src/http/fetch.ts';
import { UserError } from '../terminal/errors.ts';
import type { ActionRepository } from './repository.ts';

export interface ConnectOptions {
  /** Has GITHUB_API_URL and GITHUB_TOKEN, where they are set. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Milliseconds that each answer may take. */
  readonly timeout?: number;
}

const environmentSchema = z.object({
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of an API' })
    .default('https://api.github.com'),
  GITHUB_TOKEN: z.string().optional(),
});

// GitHub's most, and so many tags that no action has more.
const perPage = 100;
const tagPages = 20;

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Returns what asks GitHub's API about the repository `owner/name`. Whatever it cannot tell is a `UserError`. */
export function connect(options: ConnectOptions): (name: string) => ActionRepository {
  const { baseUrl, token } = settings(options.environment);
  const octokit = new Octokit({
    baseUrl,
    auth: token,
    log: silent,
    request: { fetch: lightFetch },
  });
  const { signal, timeout = 20_000 } = options;

  async function ask<T>(
    call: (request: { signal: AbortSignal }) => Promise<{ readonly data: T }>,
  ): Promise<T | undefined> {
    try {
      const limit = AbortSignal.timeout(timeout);
      return (await call({ signal: AbortSignal.any([signal, limit]) })).data;
    } catch (error) {
      signal.throwIfAborted();
      const { status, answered } = failure(error);
      if (answered && status === 404) return undefined;
      const advice = answered ? adviceFor(status) : unreachable(baseUrl);
      const message = error instanceof Error ? error.message : String(error);
      throw new UserError(`GitHub's API: ${message}\n${advice}`, { cause: error });
    }
  }

  return (name) => {
    const [owner = '', repo = ''] = name.split('/');
    return {
      async commitOfTag(tag) {
        const ref = await ask((request) =>
          octokit.git.getRef({ owner, repo, ref: `tags/${tag}`, request }),
        );
        let object = ref?.object;
        while (object?.type === 'tag') {
          const tag_sha = object.sha;
          object = (await ask((request) => octokit.git.getTag({ owner, repo, tag_sha, request })))
            ?.object;
        }
        return object?.sha;
      },
      async tagsOf(sha) {
        const found: string[] = [];
        for (let page = 1; page <= tagPages; page += 1) {
          const tags = await ask((request) =>
            octokit.repos.listTags({ owner, repo, per_page: perPage, page, request }),
          );
          found.push(
            ...(tags ?? []).flatMap(({ name, commit }) => (commit.sha === sha ? [name] : [])),
          );
          if ((tags ?? []).length < perPage) break;
        }
        return found;
      },
      async latestTag() {
        const latest = await ask((request) =>
          octokit.repos.getLatestRelease({ owner, repo, request }),
        );
        return latest?.tag_name;
      },
      async dayOfCommit(commit_sha) {
        const commit = await ask((request) =>
          octokit.git.getCommit({ owner, repo, commit_sha, request }),
        );
        return commit?.committer.date.slice(0, 10);
      },
      async dayOfRelease(tag) {
        const release = await ask((request) =>
          octokit.repos.getReleaseByTag({ owner, repo, tag, request }),
        );
        return release?.published_at?.slice(0, 10);
      },
      async file(path, ref) {
        const found = await ask((request) =>
          octokit.repos.getContent({ owner, repo, path, ref, request }),
        );
        if (!found || Array.isArray(found) || found.type !== 'file') return undefined;
        return Buffer.from(found.content, 'base64').toString('utf8');
      },
    };
  };
}

function unreachable(baseUrl: string): string {
  return `No answer from ${baseUrl}. Check the network, then run the command again. Behind a proxy set HTTPS_PROXY; for another server set GITHUB_API_URL.`;
}

function adviceFor(status: number): string {
  if (status === 401) return 'GITHUB_TOKEN is not valid (any more): set another one, or unset it.';
  if (status === 403 || status === 429)
    return 'Without a token few requests are allowed: GITHUB_TOKEN=$(gh auth token) npm run pins';
  return 'Run the command again in a few minutes; https://www.githubstatus.com tells of outages.';
}

/** Octokit's errors say 500 also where no answer came. */
function failure(error: unknown): { readonly status: number; readonly answered: boolean } {
  const result = z.object({ status: z.number(), response: z.unknown() }).safeParse(error);
  if (!result.success) throw error;
  return { status: result.data.status, answered: result.data.response !== undefined };
}

function settings(environment: NodeJS.ProcessEnv): { baseUrl: string; token: string | undefined } {
  const { GITHUB_API_URL, GITHUB_TOKEN } = environment;
  const result = environmentSchema.safeParse({
    GITHUB_API_URL: GITHUB_API_URL || undefined,
    GITHUB_TOKEN: GITHUB_TOKEN || undefined,
  });
  if (!result.success)
    throw new UserError(`The environment is wrong:\n${z.prettifyError(result.error)}`);
  return { baseUrl: result.data.GITHUB_API_URL, token: result.data.GITHUB_TOKEN };
}
