import type { GitHub } from '../github/client.ts';
import type { Commit } from '../read/run-context.ts';

/** Asks GitHub about a commit. Throws what the API's client throws. */
export async function fetchCommit(
  { rest, repository }: GitHub,
  sha: string,
  signal: AbortSignal,
): Promise<Commit> {
  const { data } = await rest.repos.getCommit({
    ...repository,
    ref: sha,
    // Its files are not looked at.
    per_page: 1,
    request: { signal },
  });
  return {
    message: data.commit.message,
    author: data.commit.author?.name ?? '',
    login: data.author && 'login' in data.author ? data.author.login : undefined,
  };
}
