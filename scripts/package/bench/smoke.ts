import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { BundledActions } from '../../../tests/process/run-action.ts';
import { setup } from '../../../tests/smoke/set-up-machine.ts';
import { bundleSmokeTest, smokeTest } from '../../../tests/smoke/smoke-run.ts';
import { rightProxy } from '../../../tests/smoke/staging/nginx.ts';
import { type Staging, startStaging } from '../../../tests/smoke/staging/staging.ts';
import { ensureK6 } from '../../local/machine/tools.ts';
import { type Bench, median, type Row, target } from './bench.ts';

const byCurl = 'those requests by curl, one after the other';

/**
 * What a healthy staging costs to judge, beside the same requests by curl, one process after the other, and by k6, which
 * people use for smoke tests too: one user who asks once and looks that each is answered.
 */
export const benchSmoke: Bench = async ({ signal, rounds = 5 }) => {
  await setup();
  const k6 = await ensureK6();
  await using actions = await bundleSmokeTest();
  await using staging = await startStaging();
  // What is measured is the judge, and not how long the proxy makes it wait.
  await staging.nginx.change({ ...rightProxy, limit: false });
  const times: Record<string, number[]> = {};
  const requests: Record<string, number> = {};
  const note = (name: string, time: number, count: number) => {
    times[name] = [...(times[name] ?? []), time];
    requests[name] = count;
  };
  for (let round = 0; round < rounds; round += 1) {
    signal.throwIfAborted();
    const without = await judge(actions, staging, false);
    note('the action, without the browser', without.time, without.requests.length);
    const curl = await measure(() => askByCurl(staging.url, without.requests, signal));
    note(byCurl, curl, without.requests.length);
    const peer = await measure(() => askByK6(k6, staging, without.requests, signal));
    note('those requests by k6, one user, once', peer, without.requests.length);
    const full = await judge(actions, staging, true);
    note('the action, with the browser', full.time, full.requests.length);
  }
  const time = (name: string) => median(times[name] ?? []);
  const rows: Row[] = Object.entries(times).map(([name, own]) => ({
    name,
    values: {
      'time (ms)': median(own),
      'beside curl': Math.round((median(own) / time(byCurl)) * 100) / 100,
      requests: requests[name] ?? null,
    },
  }));
  return {
    title: 'Judging a healthy staging',
    method: `Median of ${rounds} rounds, each of all rows in turn; as whole processes, SSH connection included.`,
    rows,
    targets: [
      target('without the browser (ms)', time('the action, without the browser'), 10_000),
      target('with the browser (ms)', time('the action, with the browser'), 20_000),
    ],
  };
};

async function judge(actions: BundledActions, staging: Staging, inBrowser: boolean) {
  const log = join(staging.directory, 'access.log');
  await truncate(log);
  const time = await measure(async () => {
    const { exitCode, log: said } = await smokeTest(actions, staging, {
      inBrowser,
      without: ['rate-limit'],
      inputs: { timeout: '60' },
    });
    if (exitCode !== 0) throw new Error(`a healthy staging did not pass:\n${said}`);
  });
  const text = await readFile(log, 'utf8');
  return { time, requests: [...text.matchAll(/"([A-Z]+) (\/\S*) HTTP/g)].map(requestOf) };
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

function requestOf([, method = '', path = '']: RegExpMatchArray): Asked {
  return { method, path };
}

async function askByCurl(
  url: string,
  requests: readonly Asked[],
  signal: AbortSignal,
): Promise<void> {
  for (const { method, path } of requests) {
    const words = ['--silent', '--output', '/dev/null', '--request', method];
    const body = method === 'POST' || method === 'PUT' ? ['--data', '{}'] : [];
    await execa('curl', [...words, ...body, url + path], { cancelSignal: signal });
  }
}

async function askByK6(
  k6: string,
  { directory, url }: Staging,
  requests: readonly Asked[],
  signal: AbortSignal,
): Promise<void> {
  const script = join(directory, 'smoke.k6.js');
  await writeFile(
    script,
    `import http from 'k6/http';
import { check } from 'k6';
export const options = { vus: 1, iterations: 1, thresholds: { checks: ['rate==1'] } };
export default function () {
  for (const { method, path } of ${JSON.stringify(requests)})
    check(http.request(method, '${url}' + path, /^P/.test(method) ? '{}' : null), {
      'is answered': ({ status }) => status > 0,
    });
}
`,
  );
  await execa(k6, ['run', '--quiet', '--no-usage-report', script], { cancelSignal: signal });
}

async function measure(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
