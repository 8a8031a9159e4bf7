import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BundledActions, bundleActions } from './run-action.ts';

const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let server: Server | undefined;

beforeAll(async () => {
  actions = await bundleActions('smoke-test');
}, 60_000);
afterAll(() => actions[Symbol.asyncDispose]());
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(listener as never);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function smokeTest(url: string, checks: object[], timeout = '10') {
  return actions.run('smoke-test', { url, commit, timeout, checks: JSON.stringify(checks) });
}

describe('smoke-test', () => {
  it('waits until the new commit answers, and sends the headers it is told to', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      // Whether anybody answers at all is asked first.
      if (request.url === '/health') asked += 1;
      response.statusCode = request.headers['x-tenant-id'] === 'demo' ? 200 : 400;
      response.end(JSON.stringify({ commit: asked > 2 ? commit : 'the old one' }));
    });
    const run = await smokeTest(url, [
      {
        name: 'API',
        path: '/health',
        status: 200,
        headers: { 'X-Tenant-ID': 'demo' },
        json: { '/commit': '{commit}' },
        'in-a-row': 1,
      },
    ]);
    expect(run).toMatchObject({ exitCode: 0, outputs: { passed: '1', failed: '0' } });
    expect(asked).toBe(3);
    expect(run.summary).toContain('<td>API (GET /health)</td><td>✅</td>');
  });

  it('fails with expected and actual of every check, in time', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/hangs') return;
      response.writeHead(302, { location: '/login' }).end('<b>moved</b>');
    });
    const started = Date.now();
    const run = await smokeTest(
      url,
      [
        { name: 'Moved', path: '/', status: 200, contains: 'hello' },
        { name: 'Hangs', path: '/hangs', status: 200 },
        { name: 'Redirect', path: '/', status: 302 },
      ],
      '2',
    );
    expect(Date.now() - started).toBeLessThan(6000);
    expect(run).toMatchObject({ exitCode: 1, outputs: { passed: '1', failed: '2' } });
    expect(run.log).toContain('::error::smoke test: 2 of 3 checks');
    expect(run.log).toContain('actual:   302, redirects to /login');
    expect(run.log).toContain('expected: contains "hello"%0A    actual:   <b>moved</b>');
    expect(run.log).toMatch(/actual: {3}none within \d+ ms/);
    expect(run.summary).toContain('&lt;b&gt;moved&lt;/b&gt;');
  });

  it('says that nothing listens', async () => {
    const run = await smokeTest('http://127.0.0.1:1', [{ name: 'x', path: '/', status: 200 }], '1');
    expect(run.exitCode).toBe(1);
    expect(run.log).toMatch(/actual: {3}none: .*(?:ECONNREFUSED|bad port)/);
  });

  it('refuses checks that it does not understand', async () => {
    const run = await smokeTest('http://127.0.0.1:1', [{ name: 'x', path: '/', state: 200 }]);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('input checks, at 0/status');
    expect(run.log).toContain('"state"');
  });
});
