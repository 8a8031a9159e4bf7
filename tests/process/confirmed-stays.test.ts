import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const release = '20260131T235959Z-0a1b2c3';
const old = '20260130T120000Z-9f8e7d6';
const image = `example/api@sha256:${'a'.repeat(64)}`;
const conf = (digit: string) =>
  `project=shop\napplication-services=api\nimages=api=${image.replaceAll('a'.repeat(64), digit.repeat(64))}\n`;

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
  await host.write({
    [`releases/${old}/release.conf`]: conf('b'),
    [`releases/${release}/release.conf`]: conf('a'),
    'state/confirmed': `${old}\n`,
    'state/transaction': `release=${release}\nprevious=${old}\nphase=provisional\nowner=run\ndeadline=4000000000\n`,
  });
});
afterEach(() => host[Symbol.asyncDispose]());

const confirm = () => host.call(['confirm', '--release', release, '--owner', 'run', '--keep', '1']);

it('is confirmed although what is old cannot be removed, which is said', async () => {
  await host.replace('docker', '');
  await host.replace(
    'rm',
    `case $* in */${old}*) echo "device is busy" >&2; exit 1 ;; *) exec /bin/rm "$@" ;; esac`,
  );
  const { exitCode, stdout, stderr } = await confirm();
  expect(stderr).toContain('device is busy');
  expect(stderr).toContain(`warning: release ${release} is confirmed, but what is old could not`);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`release=${release}\n`);
  expect(await host.read('state/confirmed')).toBe(`${old}\n${release}\n`);
  expect(await host.read('state/journal.jsonl')).toContain('"step":"prune","event":"failed"');
});

it('fails where it cannot be confirmed, as before', async () => {
  await host.replace(
    'docker',
    `case $1 in ps) echo "1 api 1234 ${release} running shop-api-1" ;; inspect) echo 3 ;; esac`,
  );
  const { exitCode, stderr } = await confirm();
  expect(stderr).toContain('does not stay up: Docker had to start it again');
  expect(exitCode).toBe(1);
  expect(await host.read('state/confirmed')).toBe(`${old}\n`);
});
