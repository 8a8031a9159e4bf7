import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Deployment } from '../../local/surroundings/stand-ins/github-deployments.ts';
import { answerGitHub } from '../../local/surroundings/stand-ins/github-routes.ts';
import { advance, runState } from '../../local/surroundings/stand-ins/github-run.ts';
import { Journal } from '../../local/surroundings/stand-ins/journal.ts';
import { json, type Reply, type Request } from '../../local/surroundings/stand-ins/server.ts';
import { answerWebApi } from '../../local/surroundings/stand-ins/slack-web-api.ts';
import { answerWebhook } from '../../local/surroundings/stand-ins/slack-webhook.ts';

export interface Receiver extends AsyncDisposable {
  readonly url: string;
}

/** Slack and GitHub in this process, which check what they are sent as the stand-ins do; `folder` keeps their state. */
export async function startReceiver(folder: string, runId: number): Promise<Receiver> {
  const deployments = new Journal<Deployment>(folder, 'deployments.jsonl');
  const state = runState.parse({
    run_id: runId,
    jobs: [{ name: 'Deploy', status: 'completed', conclusion: 'success' }],
  });
  const known = { runs: [advance(undefined, state, new Date())], deployments };
  const answer = (request: Request): Reply => {
    if (request.path.startsWith('/services/')) return answerWebhook(request).reply;
    if (request.path.startsWith('/api/')) return answerWebApi(request, []).reply;
    if (request.path.startsWith('/repos/')) return answerGitHub(request, known);
    return json(404, {});
  };
  const server = createServer(async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost');
    const reply = answer({
      method: incoming.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: incoming.headers,
      body: await text(incoming),
      receivedAt: new Date(),
    });
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
