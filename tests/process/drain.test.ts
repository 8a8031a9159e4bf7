import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(() => host[Symbol.asyncDispose]());

const head = '  sl  local_address rem_address   st tx_queue rx_queue';
const listening = '   0: 00000000:1F40 00000000:0000 0A 00000000:00000000';
const request = '   1: 0200000A:1F40 0300000A:C350 01 00000000:00000000';
const toDatabase = '   2: 0200000A:C351 0400000A:1538 01 00000000:00000000';

/** An engine whose container says this of its connections. */
const engine = (sockets: string | undefined) =>
  host.replace(
    'docker',
    [
      'case "$1 $*" in',
      sockets === undefined
        ? '  exec*) echo "exec: cat: not found" >&2; exit 127 ;;'
        : `  exec*) printf '%s\\n' '${sockets}'; exit 1 ;;`,
      '  *State.Running*) echo true ;;',
      '  *.Name*) echo /shop-api-1 ;;',
      'esac',
    ].join('\n'),
  );

const drain = () =>
  host.run(
    'drain_timeout=1 drain_deadline=$(($(uptime_seconds) + 1))\nawait_idle c1\nawait_idle c1',
  );

it('waits for requests, and says what is ended in the end', async () => {
  await engine([head, listening, request, toDatabase].join('\n'));
  expect((await drain()).stderr).toContain('is still busy after 1 s: 1 connections');
});

it('waits for nobody where there is no request, without IPv6 too', async () => {
  await engine([head, listening, toDatabase].join('\n'));
  expect(await drain()).toMatchObject({ exitCode: 0, stderr: '' });
});

it('says once that connections cannot be counted: it takes that for no answer', async () => {
  await engine(undefined);
  const { exitCode, stderr } = await drain();
  expect(exitCode).toBe(0);
  expect(stderr.match(/connections to \S+ cannot be counted/g)).toHaveLength(1);
});
