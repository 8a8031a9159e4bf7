import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NginxProcess } from './nginx-process.ts';

const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
let directory: string;
let nginx: NginxProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'azals-frontend-'));
  // nginx started by root reads as another user.
  await chmod(directory, 0o755);
  const root = join(directory, 'dist');
  Object.assign(process.env, { VERSION: '1.2.3', COMMIT: commit });
  await build({ build: { outDir: root }, logLevel: 'error' });
  nginx = await NginxProcess.start({ root, directory });
});

afterAll(async () => {
  await nginx?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const get = (path: string) => fetch(`${nginx.url}${path}`);

async function assetPath(): Promise<string> {
  const [path] = /\/assets\/[^"]+\.js/.exec(await (await get('/')).text()) ?? [];
  if (!path) throw new Error('index.html names no script under /assets.');
  return path;
}

test.each(['/', '/clients', '/clients/8b6f0f0e-1111-4222-8333-944455566677', '/connexion?a=b.c'])(
  'the address %s gets the page, never from a cache unasked',
  async (path) => {
    const response = await get(path);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<div id="root">');
  },
);

test('a hashed asset may be kept for a year', async () => {
  const response = await get(await assetPath());

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/javascript; charset=utf-8$/);
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('an asset that is not there is neither the page nor cached', async () => {
  const response = await get('/assets/index-00000000.js');

  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-cache');
});

test('version.json tells version and commit of the build', async () => {
  const response = await get('/version.json');

  expect(response.headers.get('content-type')).toMatch('application/json');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(await response.json()).toEqual({ version: '1.2.3', commit });
});

test('the script carries the same commit', async () => {
  expect(await (await get(await assetPath())).text()).toContain(commit);
});

test('healthz answers in plain text', async () => {
  const response = await get('/healthz');

  expect(response.headers.get('content-type')).toMatch('text/plain');
  expect(await response.text()).toBe('ok\n');
});

test.each(['/', '/healthz', '/assets/none.js'])('%s has the security headers', async (path) => {
  const { headers } = await get(path);

  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers.get('content-security-policy')).not.toMatch(/unsafe/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('server')).toBe('nginx');
});

test('text is compressed, also for a proxy that speaks HTTP/1.0', async () => {
  const head = await headOverHttp10(await assetPath());

  expect(head).toMatch(/^Content-Encoding: gzip$/m);
  expect(head).toMatch(/^Vary: Accept-Encoding$/m);
});

async function headOverHttp10(path: string): Promise<string> {
  const socket = connect(Number(new URL(nginx.url).port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.0\r\nVia: 1.0 proxy\r\nAccept-Encoding: gzip\r\n\r\n`);
  const answer = (await buffer(socket)).toString('latin1');
  return answer.slice(0, answer.indexOf('\r\n\r\n')).replaceAll('\r', '');
}
