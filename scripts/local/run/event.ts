import type { Snapshot } from './snapshot.ts';

/** The events the workflow starts on. */
export type EventName = 'push' | 'workflow_dispatch';

/** What an event is about. */
export interface EventSource {
  readonly snapshot: Snapshot;
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string;
}

/** The payload that GitHub sends for an event, with the fields that the pipeline may look at. */
export function eventPayload(
  event: EventName,
  { snapshot, repository, branch }: EventSource,
  inputs: Readonly<Record<string, string>>,
): object {
  const url = `https://github.com/${repository}`;
  const [owner = '', name = ''] = repository.split('/');
  const common = {
    ref: `refs/heads/${branch}`,
    repository: {
      full_name: repository,
      name,
      owner: { login: owner },
      html_url: url,
      default_branch: branch,
    },
    sender: { login: owner },
  };
  if (event === 'workflow_dispatch') return { ...common, inputs };
  return {
    ...common,
    before: snapshot.parent || '0'.repeat(40),
    after: snapshot.commit,
    head_commit: {
      id: snapshot.commit,
      message: snapshot.message,
      url: `${url}/commit/${snapshot.commit}`,
      author: snapshot.author,
    },
    pusher: snapshot.author,
  };
}
