import { plain, type Request } from './server.ts';
import type { Answer } from './slack-answer.ts';
import { webhookBody } from './slack-body.ts';
import { refusalOf } from './slack-message.ts';

const address = /^\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+$/;

/** Answers an incoming webhook as https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks says. */
export function answerWebhook(request: Request): Answer {
  const body = webhookBody(request);
  if (!address.test(request.path))
    return refuse(404, 'no_service', 'the address is /services/T…/B…/token', body);
  if (request.method !== 'POST') return refuse(400, 'invalid_payload', 'use POST', body);
  if ('unreadable' in body)
    return refuse(400, body.unreadable, 'send a JSON object, or a form with it in "payload"', body);
  const refusal = refusalOf(body.payload);
  if (refusal === undefined) return { reply: plain(200, 'ok'), payload: body.payload };
  return { reply: plain(400, refusal.error), payload: body.payload, refusal };
}

function refuse(
  status: number,
  error: string,
  problem: string,
  body: ReturnType<typeof webhookBody>,
): Answer {
  const payload = 'payload' in body ? body.payload : body.raw;
  return { reply: plain(status, error), payload, refusal: { error, problems: [problem] } };
}
