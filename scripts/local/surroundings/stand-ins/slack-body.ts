import type { Request } from './server.ts';

/** A request's payload, or why it cannot be read in Slack's words. */
export type Body =
  | { readonly payload: Record<string, unknown> }
  | { readonly unreadable: string; readonly raw: string };

/** Reads what is sent to an incoming webhook: a JSON object, or a form whose `payload` holds one. */
export function webhookBody({ headers, body }: Request): Body {
  const form = mediaType(headers['content-type']) === 'application/x-www-form-urlencoded';
  return object(form ? (new URLSearchParams(body).get('payload') ?? '') : body, 'invalid_payload');
}

/** Reads the arguments of a Web API method: a JSON object, or a form that carries JSON in some fields. */
export function webApiBody({ headers, body }: Request): Body {
  const type = mediaType(headers['content-type']);
  if (type === 'application/json') return object(body, 'invalid_json');
  if (type !== 'application/x-www-form-urlencoded')
    return { unreadable: body === '' ? 'missing_post_type' : 'invalid_post_type', raw: body };
  const payload: Record<string, unknown> = Object.fromEntries(new URLSearchParams(body));
  for (const name of ['blocks', 'attachments']) {
    const value = payload[name];
    if (typeof value === 'string') payload[name] = parse(value) ?? value;
  }
  return { payload: withoutToken(payload) };
}

function object(text: string, unreadable: string): Body {
  const value = parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { payload: withoutToken(value as Record<string, unknown>) }
    : { unreadable, raw: text };
}

/** Slack takes a token among the arguments too, but it should travel in the header: it is not read here. */
function withoutToken({ token: _, ...payload }: Record<string, unknown>): Record<string, unknown> {
  return payload;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function mediaType(header: string | undefined): string | undefined {
  return header?.split(';')[0]?.trim().toLowerCase();
}
