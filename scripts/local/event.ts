import { branch } from '../../workflows/settings.ts';
import { repositoryName, type Snapshot } from './snapshot.ts';

/** The events the workflow starts on. */
export type EventName = 'push' | 'workflow_dispatch';

/** The payload that GitHub sends for an event, with the fields that the pipeline may look at. */
export function eventPayload(
  event: EventName,
  snapshot: Snapshot,
  inputs: Readonly<Record<string, string>>,
): object {
  const url = `https://github.com/${repositoryName}`;
  const [owner = '', name = ''] = repositoryName.split('/');
  const common = {
    ref: `refs/heads/${branch}`,
    repository: {
      full_name: repositoryName,
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
