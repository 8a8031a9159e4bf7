import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export interface Request {
  readonly method: string;
  /** The path without its query string, as it was sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly receivedAt: Date;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Seconds to wait before. */
  readonly delay?: number;
  /** Says nothing and keeps the connection, or breaks it. */
  readonly connection?: 'hang' | 'reset';
}

export type Handler = (request: Request) => Reply | Promise<Reply>;

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().min(1).default('0.0.0.0'),
  STATE_DIR: z.string().min(1),
});

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(value) };
}

/** A plain text answer, without a line end, as Slack's webhooks give it. */
export function plain(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/**
 * Runs a stand-in until SIGTERM or SIGINT: at HOST and PORT (0 takes a free one and the address is
 * printed), with what it keeps in STATE_DIR. GET /_health answers without the handler.
 */
export function standIn(name: string, start: (stateDirectory: string) => Handler): void {
  const parsed = settings.safeParse(process.env);
  if (!parsed.success)
    throw new Error(`Set PORT and STATE_DIR for ${name}: ${z.prettifyError(parsed.error)}`);
  const { HOST, PORT, STATE_DIR } = parsed.data;
  const handle = start(STATE_DIR);
  const server = createServer(async (incoming, outgoing) => {
    const reply = await answer(handle, incoming).catch((error: unknown) => {
      console.error(error);
      return plain(500, `${name} failed: ${error}`);
    });
    if (reply.connection === 'hang') return;
    if (reply.connection === 'reset') return void incoming.socket.resetAndDestroy();
    if (reply.delay !== undefined) await sleep(reply.delay * 1000, undefined, { ref: false });
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  });
  server.listen(PORT, HOST, () => {
    const { port } = server.address() as AddressInfo;
    console.log(`${name} listens on http://${HOST}:${port}`);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
}

async function answer(handle: Handler, incoming: IncomingMessage): Promise<Reply> {
  const receivedAt = new Date();
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  if (path === '/_health') return plain(200, 'ok');
  return await handle({
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: await text(incoming),
    receivedAt,
  });
}
