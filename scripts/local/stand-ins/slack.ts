// Stands in for Slack on a machine of one's own: incoming webhooks and the Web API methods that the
// pipeline uses. GET / shows the messages, GET /_received what was sent and the verdict on it.
//   PORT=3100 STATE_DIR=/tmp/slack node scripts/local/stand-ins/slack.ts

import { Journal } from './journal.ts';
import { type Handler, json, plain, standIn } from './server.ts';
import type { Answer } from './slack-answer.ts';
import { page, type Received } from './slack-page.ts';
import { answerWebApi } from './slack-web-api.ts';
import { answerWebhook } from './slack-webhook.ts';

standIn('Slack stand-in', (stateDirectory) => {
  const journal = new Journal<Received>(stateDirectory, 'slack.jsonl');

  const handle: Handler = (request) => {
    const { method, path, receivedAt, headers } = request;
    if (method === 'GET' && path === '/') return page(journal.entries);
    if (method === 'GET' && path === '/_received') return json(200, journal.entries);
    let answer: Answer;
    if (path.startsWith('/services/')) answer = answerWebhook(request);
    else if (path.startsWith('/api/')) {
      const posted = journal.entries.flatMap((each) => each.place ?? []);
      answer = answerWebApi(request, posted);
    } else return plain(404, 'not_found');
    const { reply, ...kept } = answer;
    journal.add({
      received_at: receivedAt.toISOString(),
      method,
      // The last part of a webhook's address is its secret.
      path: path.replace(/^(\/services\/[^/]+\/[^/]+\/).+/, '$1***'),
      content_type: headers['content-type'] ?? null,
      status: reply.status,
      accepted: kept.refusal === undefined,
      ...kept,
    });
    return reply;
  };
  return handle;
});
