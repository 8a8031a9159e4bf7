import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Behaviour } from './behaviour.ts';

/** What the replicas of the API share: the database and its tokens. */
export interface Records {
  readonly customers: Map<string, { id: string; tenant: string; name: string }>;
  readonly tokens: Map<string, string>;
  /** The sign-in that every tenant has. */
  readonly password: string;
}

/** A replica of the API: health, sign-in, and customers of tenants. */
export interface Api extends AsyncDisposable {
  readonly port: number;
  readonly behaviour: Behaviour;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
}

/** Starts a replica that behaves as told, and goes on being told. */
export async function startApi(behaviour: Behaviour, records: Records): Promise<Api> {
  let requests = 0;
  const server = createServer(async (request, response) => {
    requests += 1;
    const isFailing = behaviour.fails(requests);
    const body = await text(request);
    if (behaviour.delay > 0) await pause(behaviour.delay);
    const reply: Reply = isFailing
      ? { status: 502, body: { detail: 'no luck this time' } }
      : answer(request, body, behaviour, records);
    response.writeHead(reply.status, {
      'content-type': reply.type ?? 'application/json',
      ...corsHeaders(request, behaviour),
    });
    response.end(
      reply.body === undefined || typeof reply.body === 'string'
        ? reply.body
        : JSON.stringify(reply.body),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    behaviour,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function corsHeaders({ headers }: IncomingMessage, { origins }: Behaviour): Record<string, string> {
  const { origin, host } = headers;
  if (origin === undefined || origins === 'none') return {};
  if (origins === 'any') return { 'access-control-allow-origin': '*' };
  return new URL(origin).host === host ? { 'access-control-allow-origin': origin } : {};
}

function answer(
  request: IncomingMessage,
  body: string,
  behaviour: Behaviour,
  records: Records,
): Reply {
  const { pathname } = new URL(request.url ?? '/', 'http://api');
  switch (pathname) {
    case '/health':
      return health(behaviour);
    case '/health/ready': {
      const isReady = behaviour.database && behaviour.revision === '0005';
      const schema = { current: behaviour.revision, expected: '0005' };
      return {
        status: isReady ? 200 : 503,
        body: { status: isReady ? 'ready' : 'not_ready', schema },
      };
    }
    case '/docs':
      return { status: 200, type: 'text/html', body: '<title>swagger-ui</title>' };
    case '/openapi.json': {
      const paths = Object.fromEntries(
        Array.from({ length: 40 }, (_, at) => [`/v1/things/${at}`, { get: {} }]),
      );
      return { status: 200, body: { openapi: '3.1.0', paths } };
    }
    case '/v1/auth/login':
      return signIn(request, body, behaviour, records);
  }
  const [, id] = /^\/v1\/customers(?:\/([\w-]+))?$/.exec(pathname) ?? [];
  if (!pathname.startsWith('/v1/customers')) return { status: 404, body: { detail: 'Not Found' } };
  return customers(request, { id, body }, behaviour, records);
}

function health({ commit, database, redis }: Behaviour): Reply {
  const status = database ? (redis ? 'healthy' : 'degraded') : 'unhealthy';
  return { status: database ? 200 : 503, body: { status, commit } };
}

function signIn(
  { headers }: IncomingMessage,
  body: string,
  { database }: Behaviour,
  { tokens, password }: Records,
): Reply {
  if (!database) return { status: 503, body: { detail: 'The database does not answer' } };
  if (JSON.parse(body).password !== password) {
    return { status: 401, body: { detail: 'the password is wrong' } };
  }
  const token = `token-${randomUUID()}`;
  tokens.set(token, String(headers['x-tenant-id']));
  return { status: 200, body: { access_token: token } };
}

function customers(
  { headers, method }: IncomingMessage,
  { id, body }: { readonly id: string | undefined; readonly body: string },
  behaviour: Behaviour,
  { customers: stored, tokens }: Records,
): Reply {
  const tenant = tokens.get((headers.authorization ?? '').replace('Bearer ', ''));
  if (tenant === undefined && behaviour.authentication) {
    return { status: 401, body: { detail: 'Sign in first' } };
  }
  if (!behaviour.database) return { status: 503, body: { detail: 'The database does not answer' } };
  if (behaviour.records === '500') return { status: 500, body: 'Internal Server Error' };
  if (behaviour.records === 'error body') {
    return { status: 200, body: { error: 'relation "customers" does not exist' } };
  }
  const isOwn = (each: { tenant: string }) => !behaviour.isolation || each.tenant === tenant;
  if (method === 'POST') {
    const made = { id: randomUUID(), tenant: tenant ?? '', name: JSON.parse(body).name };
    if (behaviour.records !== 'lost') stored.set(made.id, made);
    return { status: 201, body: made };
  }
  if (id === undefined) {
    const items = [...stored.values()].filter(isOwn);
    return { status: 200, body: { items, total: items.length } };
  }
  const found = stored.get(id);
  if (found === undefined || !isOwn(found)) return { status: 404, body: { detail: 'No customer' } };
  if (method === 'PUT') found.name = JSON.parse(body).name;
  if (method !== 'DELETE') return { status: 200, body: found };
  stored.delete(id);
  return { status: 204 };
}
