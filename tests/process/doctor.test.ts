import { readdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

/** An engine and a Compose of these versions, whose data lies at `root`, and a container of others on port 8081. */
const docker = (engine: string, compose: string, root = '/') => `
case "$1 $2" in
  'version --format') echo ${engine} ;;
  'compose version') echo ${compose} ;;
  'info --format') echo ${root} ;;
  'ps --filter') case $3 in publish=8081) echo other-web-1 ;; esac ;;
  'ps --quiet') ;;
  *) exit 1 ;;
esac`;

/** What doctor says of a stack that publishes these ports and may take so many bytes of memory. */
async function said(ports = '', memory = '', words: readonly string[] = []) {
  const conf = `project=shop\napplication-services=api\nports=${ports}\nmemory=${memory}\nrule closed\n`;
  const { exitCode, stdout, stderr } = await host.call(['doctor', ...words], conf);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.split('\n');
}

const missing = () =>
  `finding=error missing-file - - there is no ${host.base}/shared/.env.staging: npm run staging -- init writes it`;

it('finds nothing wrong with a server that only lacks its file', async () => {
  await host.replace('docker', docker('26.1.5', '2.32.4'));
  expect(await said()).toEqual([
    ...['versions', 'clock', 'disk', 'memory', 'ports', 'directory'].map(
      (each) => `checked=${each}`,
    ),
    missing(),
  ]);
});

it('finds all that is wrong at once, and goes on after each', async () => {
  await host.replace('docker', docker('26.1.5', '2.32.4'));
  const late = String(Math.floor(Date.now() / 1000) - 1000);
  const words = ['--now', late, '--disk-margin', '999999999'];
  expect(await said('8081', String(2 ** 50), words)).toEqual([
    'checked=versions',
    expect.stringMatching(
      /^finding=error clock - - the clock of this host is 100\d s off .*timedatectl/,
    ),
    expect.stringMatching(/^finding=error disk - - \/ has \d+ MiB free, but \d+ MiB are needed/),
    expect.stringMatching(/^finding=error memory - - this host has \d+ MiB of memory left/),
    'finding=error ports - - port 8081 is published by the container other-web-1, which is not part of shop',
    'checked=directory',
    missing(),
  ]);
});

it.each([
  ['23.0.6', '2.32.4', 'Docker Engine on this host is 23.0.6, but at least 24.0 is needed'],
  ['26.1.5', '2.19.0', 'Docker Compose on this host is 2.19.0, but at least 2.20 is needed'],
  ['26.1.5', 'v2.3', 'Docker Compose on this host is 2.3, but at least 2.20 is needed'],
])('names versions that are too old: %s, %s', async (engine, compose, told) => {
  await host.replace('docker', docker(engine, compose));
  expect((await said())[0]).toContain(`finding=error versions - - ${told}`);
});

it('says that no engine answers, and looks at what needs none', async () => {
  expect(await said()).toEqual([
    expect.stringMatching(/^finding=error versions - - no Docker engine answers user/),
    'checked=clock',
    'checked=memory',
    'checked=directory',
  ]);
});

it('makes nothing on a server that has nothing yet', async () => {
  await host.replace('docker', docker('26.1.5', '2.32.4'));
  await said();
  expect(await readdir(host.base)).toEqual([]);
  await rm(host.base, { recursive: true });
  expect((await said()).at(-1)).toMatch(
    /^finding=error directory - - there is no \S+: sudo install -d -o \S+ \S+$/,
  );
});
