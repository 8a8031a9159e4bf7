// Stands in for Slack on a machine of one's own: incoming webhooks and the Web API methods that the
// pipeline uses. GET / shows the messages, GET /_received what was sent and the verdict on it. PUT /_faults makes it
// misbehave: [{"kind":"rate-limit","retry_after":1},{"kind":"hang"}] for the next two requests.
//   PORT=3100 STATE_DIR=/tmp/slack node scripts/local/surroundings/stand-ins/slack.ts

import { z } from 'zod';
import { Journal } from './journal.ts';
import { type Handler, json, plain, type Reply, type Request, standIn } from './server.ts';
import type { Answer } from './slack-answer.ts';
import { type Fault, faults, misbehave } from './slack-faults.ts';
import { page, type Received } from './slack-page.ts';
import { answerWebApi } from './slack-web-api.ts';
import { answerWebhook } from './slack-webhook.ts';

standIn('Slack stand-in', (stateDirectory) => {
  const journal = new Journal<Received>(stateDirectory, 'slack.jsonl');

  let ahead: readonly Fault[] = [];

  const handle: Handler = async (request) => {
    const { method, path } = request;
    if (method === 'GET' && path === '/') return page(journal.entries);
    if (method === 'GET' && path === '/_received') return json(200, journal.entries);
    if (path === '/_faults') return setFaults(request);
    const [fault, ...others] = ahead;
    ahead = others;
    if (fault === undefined || fault.kind === 'none') return judge(request);
    const reply = await misbehave(fault, path.startsWith('/services/'), () => judge(request));
    if (fault.kind !== 'slow') keep(request, reply, { payload: '', fault: fault.kind });
    return reply;
  };

  function setFaults({ method, body }: Request): Reply {
    if (method !== 'PUT') return plain(405, `use PUT for /_faults, not ${method}`);
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch (error) {
      return plain(422, `not JSON: ${error}`);
    }
    const given = faults.safeParse(value);
    if (!given.success) return plain(422, z.prettifyError(given.error));
    ahead = given.data;
    return json(200, ahead);
  }

  function judge(request: Request): Reply {
    const { path } = request;
    let answer: Answer;
    if (path.startsWith('/services/')) answer = answerWebhook(request);
    else if (path.startsWith('/api/')) {
      const posted = journal.entries.flatMap((each) => each.place ?? []);
      answer = answerWebApi(request, posted);
    } else return plain(404, 'not_found');
    const { reply, ...kept } = answer;
    keep(request, reply, kept);
    return reply;
  }

  function keep(
    { receivedAt, method, path, headers }: Request,
    { status }: Reply,
    kept: Omit<Answer, 'reply'> & { readonly fault?: string },
  ): void {
    journal.add({
      received_at: receivedAt.toISOString(),
      method,
      // The last part of a webhook's address is its secret.
      path: path.replace(/^(\/services\/[^/]+\/[^/]+\/).+/, '$1***'),
      content_type: headers['content-type'] ?? null,
      status,
      accepted: kept.refusal === undefined && kept.fault === undefined,
      ...kept,
    });
  }

  return handle;
});
