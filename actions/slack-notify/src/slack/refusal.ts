import { ProxyFailed } from '../../../shared/src/http/proxy.ts';
import type { Observed } from './attempt.ts';

/** Why a message was not taken, and whether it is worth another try. */
export interface Refusal {
  /** Slack's code, such as `channel_not_found`, or what happened on the way. */
  readonly code: string;
  /** In words, with what to do. */
  readonly reason: string;
  readonly again: boolean;
  /** Milliseconds to wait before. */
  readonly wait: number | undefined;
}

/** Slack's own trouble, which passes. */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

const newToken = 'install the app again in Slack and update the secret';
const newWebhook = 'make a new incoming webhook in Slack and update the secret';
const advices: Readonly<Record<string, string>> = {
  invalid_auth: `the bot token is not valid (it begins with xoxb-): ${newToken}`,
  not_authed: `the bot token is empty: ${newToken}`,
  token_revoked: `the bot token was revoked: ${newToken}`,
  token_expired: `the bot token has expired: ${newToken}`,
  account_inactive: `the bot was removed: ${newToken}`,
  missing_scope: `the bot needs the scope chat:write: add it and ${newToken}`,
  not_allowed_token_type: 'it has to be the token of a bot (xoxb-): update the secret',
  channel_not_found: 'check the input channel, and invite the bot to it (/invite)',
  not_in_channel: 'invite the bot to the channel (/invite)',
  is_archived: 'the channel is archived: restore it, or name another in the input channel',
  channel_is_archived: 'the channel is archived: restore it, or make a webhook for another',
  restricted_action: 'an administrator has to let the bot post to the channel',
  cant_update_message:
    'the message belongs to another app: take the output message of the same bot',
  no_service: `the webhook was removed: ${newWebhook}`,
  no_active_hooks: `the webhook was removed: ${newWebhook}`,
  no_service_id: `the webhook's address is not complete: ${newWebhook}`,
  no_team: `the webhook's address is not right: ${newWebhook}`,
  invalid_token: `the webhook's address is not right: ${newWebhook}`,
  action_prohibited: `an administrator forbade this webhook: ${newWebhook}`,
};

/** What a failed request means. `idempotent` requests may have arrived and are sent again all the same. */
export function refusalOf(
  { status, retryAfter, failure }: Observed,
  error: unknown,
  idempotent: boolean,
): Refusal {
  if (status === undefined) return lostOnTheWay(failure, idempotent);
  if (status === 429) {
    const reason = 'Slack limits the rate of messages (429)';
    return { code: 'ratelimited', reason, again: true, wait: retryAfter };
  }
  if (status >= 500) {
    return {
      code: `http_${status}`,
      reason: `Slack answered ${status}`,
      again: true,
      wait: retryAfter,
    };
  }
  const code = codeOf(error);
  if (code === undefined) {
    // The answer broke off, or is not what Slack says.
    const reason = `the answer cannot be read as one of Slack's: ${textOf(error)}`;
    return { code: 'unreadable', reason, again: idempotent, wait: undefined };
  }
  const advice = advices[code];
  return {
    code,
    reason: `Slack answered ${code}${advice === undefined ? '' : `; ${advice}`}`,
    again: passing.has(code),
    wait: retryAfter,
  };
}

/** Failures before anything was sent: the message cannot have arrived. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const broken = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function lostOnTheWay(failure: unknown, idempotent: boolean): Refusal {
  if (failure instanceof ProxyFailed) return stoppedByProxy(failure);
  const code = systemCode(failure);
  if (code === 'ERR_INVALID_URL') {
    const reason = `the webhook's address is not one: ${newWebhook}`;
    return { code, reason, again: false, wait: undefined };
  }
  if (code === 'ERR_INVALID_CHAR') {
    const reason = `the bot token has characters that no token has: ${newToken}`;
    return { code, reason, again: false, wait: undefined };
  }
  const again = idempotent || neverSent.has(code ?? '') || broken.has(code ?? '');
  const reason = timedOut(failure)
    ? 'Slack did not answer in time'
    : `Slack cannot be reached: ${code ?? textOf(failure)}`;
  return { code: code ?? 'unreachable', reason, again, wait: undefined };
}

/** Slack was not even asked. A proxy that cannot be reached, or that is in trouble itself, may be better soon. */
function stoppedByProxy({ code, message }: ProxyFailed): Refusal {
  const again = !/^PROXY_(?:INVALID|[1-4])/.test(code);
  return { code, reason: `Slack cannot be reached: ${message}`, again, wait: undefined };
}

function timedOut(failure: unknown): boolean {
  return failure instanceof Error && ['AbortError', 'TimeoutError'].includes(failure.name);
}

/** The code of a system's error, which `fetch` keeps as a cause of a cause. */
function systemCode(error: unknown): string | undefined {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; depth += 1) {
    const { code, errors } = each as { code?: unknown; errors?: readonly unknown[] };
    if (typeof code === 'string') return code;
    each = Array.isArray(errors) ? errors[0] : each.cause;
  }
  return undefined;
}

/** Slack's code in an answer: `error` of the Web API, or the whole body of a webhook's. */
function codeOf(error: unknown): string | undefined {
  const { data, body } = error as { data?: { error?: unknown }; body?: unknown };
  const code = data?.error ?? body;
  return typeof code === 'string' && /^[a-z][a-z_]{2,60}$/.test(code.trim())
    ? code.trim()
    : undefined;
}

function textOf(error: unknown): string {
  // `fetch failed` says nothing; its cause does.
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (told instanceof Error ? told.message : String(told)).slice(0, 200);
}
