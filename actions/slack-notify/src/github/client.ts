import { getOctokit } from '@actions/github';
import { lightFetch } from '../../../shared/src/http/fetch.ts';

/** One repository on GitHub, asked through its REST API. */
export interface GitHub {
  readonly rest: ReturnType<typeof getOctokit>['rest'];
  /** Part of every request to the repository. */
  readonly repository: { readonly owner: string; readonly repo: string };
}

export interface GitHubOptions {
  readonly token: string;
  /** Address of the API. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
}

/** Opens the API. */
export function openGitHub(options: GitHubOptions): GitHub {
  const { token, apiUrl, owner, repo } = options;
  const { rest } = getOctokit(token, {
    baseUrl: apiUrl,
    log: silent,
    request: { fetch: lightFetch },
  });
  return { rest, repository: { owner, repo } };
}

const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
