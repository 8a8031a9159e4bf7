import { address, headers, password, rateLimitKey } from './staging.ts';

/** Ends the run before its first test where every test would fail for the same reason. */
export default async function isReachable(): Promise<void> {
  password();
  const answer = await ask();
  if (!answer.ok) throw new Error(`${address}/healthz answered ${answer.status}: is this staging?`);
  if (rateLimitKey && answer.headers.get('X-Rate-Limit') !== 'none')
    throw new Error(
      `${address} does not know the key in STAGING_RATE_LIMIT_KEY: docs/operations.md, section Suites, says how a staging gets one.`,
    );
}

async function ask(): Promise<Response> {
  try {
    return await fetch(`${address}/healthz`, { headers });
  } catch (cause) {
    throw new Error(`${address} cannot be reached: is staging up, and STAGING_URL its address?`, {
      cause,
    });
  }
}
