import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { lightFetch } from '../src/http/fetch.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

async function serve(handler: Handler): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

it('sends what it is given, and answers as fetch does', async () => {
  await using server = await serve(async (request, response) => {
    const { method, url, headers } = request;
    response.writeHead(418, { 'X-Seen': 'yes' });
    response.end(
      JSON.stringify({ method, url, type: headers['content-type'], body: await text(request) }),
    );
  });
  const headers = { 'Content-Type': 'text/plain' };
  const answer = await lightFetch(`${server.url}/a?b=1`, { method: 'POST', headers, body: 'é' });
  expect(answer).toMatchObject({ ok: false, status: 418, url: `${server.url}/a?b=1` });
  expect(answer.headers.get('X-Seen')).toBe('yes');
  expect([...answer.headers]).toContainEqual(['x-seen', 'yes']);
  expect(await answer.json()).toEqual({
    method: 'POST',
    url: '/a?b=1',
    type: 'text/plain',
    body: 'é',
  });
});

it('follows a redirect to the same host only, and never with what was posted', async () => {
  const tokens: unknown[] = [];
  await using other = await serve((request, response) => {
    tokens.push(request.headers.authorization);
    response.end('taken');
  });
  await using server = await serve((request, response) => {
    const location = { '/near': '/here', '/far': `${other.url}/`, '/loop': '/loop' }[
      request.url ?? ''
    ];
    if (location === undefined) response.end('here');
    else response.writeHead(302, { location }).end();
  });
  const headers = { authorization: 'Bearer secret' };
  const near = await lightFetch(`${server.url}/near`, { headers });
  expect([near.url, await near.text()]).toEqual([`${server.url}/here`, 'here']);
  const manual = await lightFetch(`${server.url}/far`, { headers, redirect: 'manual' });
  expect([manual.status, manual.headers.get('location')]).toEqual([302, `${other.url}/`]);
  for (const [path, init] of [
    ['/far', { headers }],
    ['/loop', { headers }],
    ['/near', { headers, method: 'POST', body: 'x' }],
    ['/near', { headers, redirect: 'error' }],
  ] as const)
    await expect(lightFetch(server.url + path, init)).rejects.toThrow('unexpected redirect');
  expect(tokens).toEqual([]);
});

it('ends with its signal, before the answer and within it', async () => {
  const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
  await using server = await serve((request, response) => {
    if (request.url === '/silent') tellAsked();
    else response.writeHead(200).write('half');
  });
  const silent = new AbortController();
  const unanswered = lightFetch(`${server.url}/silent`, { signal: silent.signal });
  await asked;
  silent.abort();
  await expect(unanswered).rejects.toThrow('aborted');
  const half = new AbortController();
  const answer = await lightFetch(`${server.url}/half`, { signal: half.signal });
  const body = answer.text();
  half.abort();
  await expect(body).rejects.toThrow('aborted');
});

it('says what went wrong in the words of the system', async () => {
  const server = await serve(() => undefined);
  await server[Symbol.asyncDispose]();
  await expect(lightFetch(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(lightFetch('hooks.slack.com/services')).rejects.toMatchObject({
    code: 'ERR_INVALID_URL',
  });
});

it('does not hold an answer that never ends', async () => {
  await using server = await serve((_, response) => {
    const chunk = 'x'.repeat(1024 * 1024);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  });
  await expect((await lightFetch(server.url)).text()).rejects.toThrow('does not end');
});
