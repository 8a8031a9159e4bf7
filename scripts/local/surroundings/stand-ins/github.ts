// Stands in for GitHub's REST API on a machine of one's own. The local run says with PUT /_state how
// the jobs of its run stand: {"run_id":1,"jobs":[{"name","status","conclusion","steps":[…]}]}.
// PUT /_settings says how a repository is set up, for whoever asks about its settings.
// GET /_received shows what was asked. Deployments and their statuses are taken and kept as GitHub does.
//   PORT=3200 STATE_DIR=/tmp/github node scripts/local/surroundings/stand-ins/github.ts

import { z } from 'zod';
import type { Deployment } from './github-deployments.ts';
import { gitHubError } from './github-errors.ts';
import { answerGitHub, answerLog } from './github-routes.ts';
import { advance, type Run, runState } from './github-run.ts';
import { type RepositorySettings, repositorySettings } from './github-settings.ts';
import { Journal } from './journal.ts';
import { json, type Reply, type Request, standIn } from './server.ts';

interface Received {
  readonly received_at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
}

standIn('GitHub stand-in', (stateDirectory) => {
  const states = new Journal<Run>(stateDirectory, 'github-runs.jsonl');
  const received = new Journal<Received>(stateDirectory, 'github.jsonl');
  const deployments = new Journal<Deployment>(stateDirectory, 'github-deployments.jsonl');
  const settings = new Journal<RepositorySettings>(stateDirectory, 'github-settings.jsonl');
  const find = (id: number) => states.entries.findLast(({ run_id }) => run_id === id);

  return (request) => {
    const { method, path, query, receivedAt } = request;
    if (path === '/_received') return json(200, received.entries);
    if (path === '/_state') return setState(request);
    if (path === '/_settings') return setSettings(request);
    const known = { runs: states.entries, deployments, settings: settings.entries.at(-1) };
    const log = answerLog(request, known);
    if (log !== undefined) return log;
    const reply = answerGitHub(request, known);
    const { status } = reply;
    received.add({
      received_at: receivedAt.toISOString(),
      method,
      path,
      query: `${query}`,
      status,
    });
    return reply;
  };

  function setState({ method, body, receivedAt }: Request): Reply {
    if (method !== 'PUT') return gitHubError(405, `Use PUT for /_state, not ${method}`);
    const state = z.string().transform(parseJson).pipe(runState).safeParse(body);
    if (!state.success) return gitHubError(422, z.prettifyError(state.error));
    const run = advance(find(state.data.run_id), state.data, receivedAt);
    states.add(run);
    return json(200, run);
  }

  function setSettings({ method, body }: Request): Reply {
    if (method !== 'PUT') return gitHubError(405, `Use PUT for /_settings, not ${method}`);
    const given = z.string().transform(parseJson).pipe(repositorySettings).safeParse(body);
    if (!given.success) return gitHubError(422, z.prettifyError(given.error));
    settings.add(given.data);
    return json(200, given.data);
  }
});

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `not JSON: ${error}` });
    return z.NEVER;
  }
}
