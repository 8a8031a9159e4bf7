import { createHash } from 'node:crypto';
import { json, type Request } from './server.ts';
import type { Answer, Place, Refusal } from './slack-answer.ts';
import { webApiBody } from './slack-body.ts';
import { refusalOf } from './slack-message.ts';

type Fields = Readonly<Record<string, unknown>>;

const token = /^Bearer xox[bp]-[A-Za-z0-9-]{8,}$/;
const channelId = /^[CDG][A-Z0-9]{8,}$/;

/**
 * Answers a Web API method: HTTP 200 with `ok: true`, or with `ok: false` and Slack's error.
 * `posted` holds the messages that exist, which is what chat.update can change.
 */
export function answerWebApi(request: Request, posted: readonly Place[]): Answer {
  const body = webApiBody(request);
  const { authorization } = request.headers;
  const raw = 'payload' in body ? body.payload : body.raw;
  if (authorization === undefined)
    return refuse(raw, because('not_authed', 'send Authorization: Bearer <bot token>'));
  if (!token.test(authorization))
    return refuse(raw, because('invalid_auth', 'the token does not begin with xoxb- or xoxp-'));
  const method = request.path.replace(/^\/api\//, '');
  // It takes no arguments, so no body either.
  if (method === 'auth.test') return authTest(request, raw);
  if ('unreadable' in body)
    return refuse(raw, because(body.unreadable, 'send application/json or a URL-encoded form'));
  if (method === 'chat.postMessage') return post(request, body.payload, posted);
  if (method === 'chat.update') return update(body.payload, posted);
  return refuse(raw, because('unknown_method', `this stand-in does not know ${method}`));
}

function authTest({ headers }: Request, payload: unknown): Answer {
  const ids = { team_id: 'T00STANDIN', user_id: 'U00STANDIN', bot_id: 'B00STANDIN' };
  const url = `http://${headers.host}/`;
  const reply = json(200, { ok: true, url, team: 'Stand-in', user: 'pipeline', ...ids });
  return { reply, payload };
}

function post(request: Request, fields: Fields, posted: readonly Place[]): Answer {
  const { channel } = fields;
  if (typeof channel !== 'string' || channel === '')
    return refuse(fields, because('invalid_arguments', 'missing required field: channel'));
  const { thread_ts: thread } = fields;
  if (thread !== undefined && !posted.some((each) => each.ts === thread))
    return refuse(fields, because('invalid_thread_ts', `no message ${thread} to reply to`));
  if (fields.reply_broadcast !== undefined && thread === undefined)
    return refuse(fields, because('invalid_arguments', 'reply_broadcast goes with thread_ts'));
  const seconds = Math.floor(request.receivedAt.getTime() / 1000);
  const ts = `${seconds}.${String(posted.length).padStart(6, '0')}`;
  return judged(fields, { channel: idOf(channel), ts });
}

function update(fields: Fields, posted: readonly Place[]): Answer {
  const { channel, ts } = fields;
  if (typeof channel !== 'string' || !channelId.test(channel)) {
    const problem = `${channel} is not a channel id; take the one that chat.postMessage answered`;
    return refuse(fields, because('channel_not_found', problem));
  }
  const place = posted.find((each) => each.channel === channel && each.ts === ts);
  if (place === undefined)
    return refuse(fields, because('message_not_found', `no message ${ts} in ${channel}`));
  return judged(fields, place);
}

function judged(fields: Fields, place: Place): Answer {
  const refusal = refusalOf(fields);
  if (refusal !== undefined) return refuse(fields, refusal);
  const { text = '', blocks = [] } = fields;
  const message = { type: 'message', text, blocks, ts: place.ts };
  return { reply: json(200, { ok: true, ...place, text, message }), payload: fields, place };
}

function refuse(payload: unknown, refusal: Refusal): Answer {
  const messages = refusal.problems.map((problem) => `[ERROR] ${problem}`);
  const reply = json(200, { ok: false, error: refusal.error, response_metadata: { messages } });
  return { reply, payload, refusal };
}

function because(error: string, problem: string): Refusal {
  return { error, problems: [problem] };
}

/** The id of a channel that is named: the same name always has the same one. */
function idOf(channel: string): string {
  if (channelId.test(channel)) return channel;
  const name = channel.replace(/^#/, '');
  return `C${createHash('sha256').update(name).digest('hex').slice(0, 10).toUpperCase()}`;
}
