import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  ProxyFailed,
  lightFetch
} from "./chunk-7PZ6K7SL.mjs";

// actions/slack-notify/src/slack/retry.ts
import { setTimeout as sleep } from "node:timers/promises";

// actions/shared/src/errors.ts
var InvalidInput = class extends Error {
  name = "InvalidInput";
};
var CommandFailed = class _CommandFailed extends Error {
  name = "CommandFailed";
  exitCode;
  signal;
  /** Whether this side ended it, on request or because of a time limit: its exit code then means nothing. */
  ended;
  stdout;
  stderr;
  #failure;
  constructor(failure, options) {
    const stderr = lastLines(failure.stderr, 20);
    super(`${failure.command} ${howItEnded(failure)}${stderr && `:
${stderr}`}`, options);
    this.exitCode = failure.exitCode;
    this.signal = failure.signal;
    this.ended = failure.timedOut || failure.cancelled === true;
    this.stdout = failure.stdout ?? "";
    this.stderr = failure.stderr;
    this.#failure = failure;
  }
  /** The same failure with another output. */
  reporting(stdout) {
    return new _CommandFailed({ ...this.#failure, stdout }, { cause: this });
  }
};
var PhaseFailed = class extends Error {
  name = "PhaseFailed";
  phase;
  constructor(phase, message, options) {
    super(`${phase}: ${message}`, options);
    this.phase = phase;
  }
};
var ConnectionLost = class extends Error {
  name = "ConnectionLost";
};
function explain(error) {
  if (error instanceof InvalidInput || error instanceof CommandFailed || error instanceof PhaseFailed || error instanceof ConnectionLost) {
    return error.message;
  }
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
function howItEnded({ exitCode, signal, timedOut: timedOut2, cancelled }) {
  if (cancelled) return "was cancelled";
  if (timedOut2) return "took longer than its time limit";
  if (signal !== void 0) return `was ended by ${signal}`;
  if (exitCode === 0) return "had its input or output broken off";
  if (exitCode !== void 0) return `failed with exit code ${exitCode}`;
  return "could not be started";
}

// actions/slack-notify/src/slack/attempt.ts
function observedFetch(signal) {
  const observed = { status: void 0, retryAfter: void 0, failure: void 0 };
  return {
    observed,
    fetch: async (input, init) => {
      try {
        const response = await lightFetch(input, { ...init, signal });
        observed.status = response.status;
        observed.retryAfter = retryAfter(response.headers.get("retry-after"));
        return response;
      } catch (error) {
        observed.failure = error;
        throw error;
      }
    }
  };
}
function retryAfter(header) {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1e3 : void 0;
}

// actions/slack-notify/src/slack/refusal.ts
var passing = /* @__PURE__ */ new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org"
]);
var newToken = "install the app again in Slack and update the secret";
var newWebhook = "make a new incoming webhook in Slack and update the secret";
var advices = {
  invalid_auth: `the bot token is not valid (it begins with xoxb-): ${newToken}`,
  not_authed: `the bot token is empty: ${newToken}`,
  token_revoked: `the bot token was revoked: ${newToken}`,
  token_expired: `the bot token has expired: ${newToken}`,
  account_inactive: `the bot was removed: ${newToken}`,
  missing_scope: `the bot needs the scope chat:write: add it and ${newToken}`,
  not_allowed_token_type: "it has to be the token of a bot (xoxb-): update the secret",
  channel_not_found: "check the input channel, and invite the bot to it (/invite)",
  not_in_channel: "invite the bot to the channel (/invite)",
  is_archived: "the channel is archived: restore it, or name another in the input channel",
  channel_is_archived: "the channel is archived: restore it, or make a webhook for another",
  restricted_action: "an administrator has to let the bot post to the channel",
  cant_update_message: "the message belongs to another app: take the output message of the same bot",
  no_service: `the webhook was removed: ${newWebhook}`,
  no_active_hooks: `the webhook was removed: ${newWebhook}`,
  no_service_id: `the webhook's address is not complete: ${newWebhook}`,
  no_team: `the webhook's address is not right: ${newWebhook}`,
  invalid_token: `the webhook's address is not right: ${newWebhook}`,
  action_prohibited: `an administrator forbade this webhook: ${newWebhook}`
};
function refusalOf({ status, retryAfter: retryAfter2, failure }, error, idempotent) {
  if (status === void 0) return lostOnTheWay(failure, idempotent);
  if (status === 429) {
    const reason = "Slack limits the rate of messages (429)";
    return { code: "ratelimited", reason, again: true, wait: retryAfter2 };
  }
  if (status >= 500) {
    return {
      code: `http_${status}`,
      reason: `Slack answered ${status}`,
      again: true,
      wait: retryAfter2
    };
  }
  const code = codeOf(error);
  if (code === void 0) {
    const reason = `the answer cannot be read as one of Slack's: ${textOf(error)}`;
    return { code: "unreadable", reason, again: idempotent, wait: void 0 };
  }
  const advice = advices[code];
  return {
    code,
    reason: `Slack answered ${code}${advice === void 0 ? "" : `; ${advice}`}`,
    again: passing.has(code),
    wait: retryAfter2
  };
}
var neverSent = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT"
]);
var broken = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);
function lostOnTheWay(failure, idempotent) {
  if (failure instanceof ProxyFailed) return stoppedByProxy(failure);
  const code = systemCode(failure);
  if (code === "ERR_INVALID_URL") {
    const reason2 = `the webhook's address is not one: ${newWebhook}`;
    return { code, reason: reason2, again: false, wait: void 0 };
  }
  if (code === "ERR_INVALID_CHAR") {
    const reason2 = `the bot token has characters that no token has: ${newToken}`;
    return { code, reason: reason2, again: false, wait: void 0 };
  }
  const again = idempotent || neverSent.has(code ?? "") || broken.has(code ?? "");
  const reason = timedOut(failure) ? "Slack did not answer in time" : `Slack cannot be reached: ${code ?? textOf(failure)}`;
  return { code: code ?? "unreachable", reason, again, wait: void 0 };
}
function stoppedByProxy({ code, message }) {
  const again = !/^PROXY_(?:INVALID|[1-4])/.test(code);
  return { code, reason: `Slack cannot be reached: ${message}`, again, wait: void 0 };
}
function timedOut(failure) {
  return failure instanceof Error && ["AbortError", "TimeoutError"].includes(failure.name);
}
function systemCode(error) {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; depth += 1) {
    const { code, errors } = each;
    if (typeof code === "string") return code;
    each = Array.isArray(errors) ? errors[0] : each.cause;
  }
  return void 0;
}
function codeOf(error) {
  const { data, body } = error;
  const code = data?.error ?? body;
  return typeof code === "string" && /^[a-z][a-z_]{2,60}$/.test(code.trim()) ? code.trim() : void 0;
}
function textOf(error) {
  const told = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (told instanceof Error ? told.message : String(told)).slice(0, 200);
}

// actions/slack-notify/src/slack/retry.ts
var NotDelivered = class extends PhaseFailed {
  code;
  constructor(refusal, tries, options) {
    super("Slack", `${refusal.reason}${tries > 1 ? ` (after ${tries} tries)` : ""}`, options);
    this.code = refusal.code;
  }
};
var mostTries = 8;
var firstPause = 400;
var shortestTry = 1e3;
async function sendWithin(sending) {
  const { send, idempotent, deadline } = sending;
  for (let tries = 1; ; tries += 1) {
    const { fetch, observed } = observedFetch(signalOfTry(sending));
    try {
      return await send(fetch);
    } catch (error) {
      if (observed.status === void 0 && observed.failure === void 0) throw error;
      const refusal = refusalOf(observed, error, idempotent);
      const pause = refusal.wait ?? firstPause * 2 ** (tries - 1);
      const worthIt = refusal.again && tries < mostTries && pause < deadline.remaining();
      if (!worthIt)
        throw new NotDelivered(tooLong(refusal, pause, deadline), tries, { cause: error });
      await sleep(pause);
    }
  }
}
function signalOfTry({ idempotent, deadline }) {
  if (!idempotent) return deadline.signal;
  const limit = Math.ceil(Math.max(shortestTry, deadline.remaining() / 3));
  return AbortSignal.any([deadline.signal, AbortSignal.timeout(limit)]);
}
function tooLong(refusal, pause, deadline) {
  if (refusal.wait === void 0 || pause < deadline.remaining()) return refusal;
  const seconds = Math.ceil(refusal.wait / 1e3);
  const reason = `${refusal.reason} and wants ${seconds} s of waiting, more than the time budget has left`;
  return { ...refusal, reason };
}

export {
  InvalidInput,
  explain,
  NotDelivered,
  sendWithin
};
