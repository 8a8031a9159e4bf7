import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SmokeCheck } from '../src/checks/types.ts';
import { createClient } from '../src/http/client.ts';
import { poll } from '../src/poll.ts';
import { createPrinter } from '../src/printable.ts';
import type { Run } from '../src/run.ts';

const check: SmokeCheck = { name: 'A cache', path: '/', status: 200, severity: 'warning' };
let asked = 0;
let works = false;
const server = createServer((_, response) => {
  asked += 1;
  response.writeHead(works ? 200 : 503).end();
});

beforeEach(async () => {
  asked = 0;
  works = false;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => server.close());

function run(): Run {
  const { port } = server.address() as AddressInfo;
  return {
    client: createClient({ url: new URL(`http://127.0.0.1:${port}`) }),
    host: undefined,
    commit: 'c'.repeat(40),
    images: new Map(),
    values: new Map(),
    printer: createPrinter(() => undefined),
    directory: '/nowhere',
  };
}

/** Asks while others are busy; `mend` is what happens to the application meanwhile, after the last try so far. */
async function askBeside(mend: () => void, deadline = Date.now() + 60_000) {
  const others = new AbortController();
  let tries = 0;
  const result = poll(check, run(), {
    deadline,
    signal: others.signal,
    onTry: () => {
      tries += 1;
      // By then it waits for more than half a second between two tries.
      if (tries !== 3) return;
      setTimeout(() => {
        mend();
        others.abort();
      }, 100);
    },
  });
  return await result;
}

it('asks a check that only warns once more when everything else is done', async () => {
  const result = await askBeside(() => {
    works = true;
  });
  expect([result.state, result.tries, asked]).toEqual(['passed', 4, 4]);
});

it('tells what that last try found', async () => {
  const result = await askBeside(() => undefined);
  expect([result.state, result.tries, asked]).toEqual(['degraded', 4, 4]);
});

it('goes on as long as others are asked, although the time is over', async () => {
  const result = await askBeside(() => {
    works = true;
  }, Date.now());
  expect(result.state).toBe('passed');
});

it('gives a check that nothing waits beside no time after the deadline', async () => {
  const began = Date.now();
  const result = await poll({ ...check, severity: 'failure' }, run(), { deadline: began + 400 });
  expect(result.state).toBe('failed');
  await pause(500);
  expect(asked).toBe(result.tries);
});
