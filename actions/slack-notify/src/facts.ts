import type { FailedStep } from './failed-steps.ts';
import type { Needs, Outcome } from './outcome.ts';

/** Everything that a message may say; texts in it are untrusted. */
export interface Facts {
  readonly outcome: Outcome;
  readonly needs: Needs;
  readonly repository: string;
  readonly runUrl: string;
  readonly commit: string;
  readonly commitUrl: string;
  readonly commitMessage: string | undefined;
  readonly author: string;
  readonly branch: string;
  readonly environmentUrl: string | undefined;
  readonly release: string | undefined;
  readonly migrationFrom: string | undefined;
  readonly migrationTo: string | undefined;
  readonly failedSteps: readonly FailedStep[];
}

/** The part of @actions/github's context that is read. */
export interface RunContext {
  readonly repo: { readonly owner: string; readonly repo: string };
  readonly serverUrl: string;
  readonly runId: number;
  readonly sha: string;
  readonly ref: string;
  readonly actor: string;
  readonly payload: { readonly [key: string]: unknown };
}

/** What the runner and the event say about the run. */
export function factsFromContext(
  context: RunContext,
): Pick<
  Facts,
  'repository' | 'runUrl' | 'commit' | 'commitUrl' | 'commitMessage' | 'author' | 'branch'
> {
  const repository = `${context.repo.owner}/${context.repo.repo}`;
  const repositoryUrl = `${context.serverUrl}/${repository}`;
  const head = property(context.payload, 'head_commit');
  const message = property(head, 'message');
  const author = property(property(head, 'author'), 'name');
  return {
    repository,
    runUrl: `${repositoryUrl}/actions/runs/${context.runId}`,
    commit: context.sha,
    commitUrl: `${repositoryUrl}/commit/${context.sha}`,
    commitMessage: typeof message === 'string' ? message : undefined,
    author: typeof author === 'string' ? author : context.actor,
    branch: context.ref.replace(/^refs\/(?:heads|tags)\//, ''),
  };
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}
