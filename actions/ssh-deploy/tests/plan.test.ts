import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import {
  executorWords,
  packScript,
  planQuestion,
  receiverWords,
} from '../../shared/src/executor/call.ts';
import { exitCodes } from '../../shared/src/executor/failure.ts';
import { stagePayload } from '../src/make-release/payload.ts';
import { type CallContext, planOperation } from '../src/operate/plan.ts';
import { registryConfiguration } from '../src/read/credentials.ts';
import { readInputs } from '../src/read/inputs.ts';
import { defaultLimits } from '../src/read/limits.ts';

const release = '20260101T000000Z-0a1b2c3';
const context: CallContext = {
  baseDirectory: '/srv/x',
  requester: { owner: 'azals/azals#7', actor: 'camille', runUrl: 'https://github.com/azals' },
  limits: defaultLimits,
};
const common =
  '--owner azals/azals#7 --actor camille --run-url https://github.com/azals --lock-timeout 300';
const switching =
  '--health-timeout 180 --healthy-checks 5 --drain-timeout 30 --confirm-timeout 900';

it.each([
  ['release', { release }, `release --base /srv/x --release ${release} ${common} ${switching}`],
  ['prepare', { release }, `prepare --base /srv/x --release ${release} ${common} ${switching}`],
  ['switch', { release }, `switch --base /srv/x --release ${release} ${common} ${switching}`],
  ['confirm', { release }, `confirm --base /srv/x --release ${release} ${common} --keep 5`],
  ['rollback', {}, `rollback --base /srv/x ${common} ${switching}`],
  [
    'rollback',
    { release, force: true, dryRun: true },
    `rollback --base /srv/x --release ${release} ${common} ${switching} --force yes --dry-run yes`,
  ],
  [
    'rollback',
    { leave: release },
    `rollback --base /srv/x --leave ${release} ${common} ${switching}`,
  ],
  ['abort', {}, `abort --base /srv/x ${common} ${switching}`],
  ['recover', {}, `recover --base /srv/x ${common} ${switching}`],
  [
    'stage',
    { release, now: new Date('2026-01-01T00:00:00.900Z') },
    `stage --base /srv/x --release ${release} ${common} --disk-margin 1024 --image-bytes 0 --confirm-timeout 900 --now 1767225600`,
  ],
] as const)('asks the executor to %s', (verb, details, words) => {
  expect(executorWords(planOperation(verb, context, details)).join(' ')).toBe(words);
});

it('waits longer than the host may take', () => {
  const limits = { ...defaultLimits, lockTimeout: 1000, healthTimeout: 2000, drainTimeout: 100 };
  const seconds = planOperation('release', { ...context, limits }).timeout / 1000;
  expect(seconds).toBeGreaterThan(1000 + 3 * 2000 + 2 * 100);
  expect(planOperation('stage', { ...context, limits }).timeout / 1000).toBe(1000 + 20 * 60);
});

it.each([
  [
    { INPUT_COMMAND: 'release', INPUT_RELEASE: release, 'INPUT_HEALTH-TIMEOUT': '60' },
    '--health-timeout 60',
  ],
  [
    { INPUT_COMMAND: 'release', INPUT_RELEASE: release, 'INPUT_HEALTHY-CHECKS': '9' },
    '--healthy-checks 9',
  ],
  [
    { INPUT_COMMAND: 'release', INPUT_RELEASE: release, 'INPUT_DRAIN-TIMEOUT': '0' },
    '--drain-timeout 0',
  ],
  [
    { INPUT_COMMAND: 'release', INPUT_RELEASE: release, 'INPUT_CONFIRM-TIMEOUT': '60' },
    '--confirm-timeout 60',
  ],
  [{ INPUT_COMMAND: 'confirm', INPUT_RELEASE: release, INPUT_KEEP: '2' }, '--keep 2'],
  [{ INPUT_COMMAND: 'rollback', 'INPUT_LOCK-TIMEOUT': '0' }, '--lock-timeout 0'],
  [{ INPUT_COMMAND: 'stage', INPUT_RELEASE: release, 'INPUT_DISK-MARGIN': '5' }, '--disk-margin 5'],
])('turns the inputs %j into %s', (environment: Record<string, string | undefined>, option) => {
  const connection: Record<string, string> = {
    INPUT_HOST: 'staging.example.org',
    INPUT_USER: 'deploy',
    'INPUT_PRIVATE-KEY': 'k',
    'INPUT_KNOWN-HOSTS': 'x',
  };
  const read = (name: string) => {
    const key = `INPUT_${name.toUpperCase()}`;
    return environment[key] ?? connection[key] ?? '';
  };
  const { limits, request } = readInputs(read);
  const verb =
    request.command === 'status' || request.command === 'unlock' ? 'abort' : request.command;
  expect(executorWords(planOperation(verb, { ...context, limits })).join(' ')).toContain(option);
});

it('asks questions without more than they need', () => {
  const call = planQuestion('journal', '/srv/x', { lines: '20' });
  expect(executorWords(call)).toEqual(['journal', '--base', '/srv/x', '--lines', '20']);
});

it('runs a script from standard input that reads the rest of it, and fails as it does', async () => {
  // Longer than what shells and pipes read at once, and with characters of more than one byte.
  const filler = `# é${'x'.repeat(100)}\n`.repeat(1000);
  const run = (script: string, input: string, ...words: string[]) => {
    const packed = packScript(script);
    const [shell = '', ...rest] = [...receiverWords(packed, '/x', { sent: true }), ...words];
    return execa(shell, rest, {
      input: Buffer.concat([packed.packed, Buffer.from(input)]),
      reject: false,
    });
  };
  const script = `${filler}main() { printf '%s|' "$@"; cat; exit 3; }\n${filler}main "$@"\nexit\n`;
  expect(await run(script, '{"auths":"é"}\n', 'stage', '$(id) b')).toMatchObject({
    stdout: 'stage|$(id) b|{"auths":"é"}',
    exitCode: 3,
  });
  expect(await run('set -e\nfalse\necho on', '')).toMatchObject({ stdout: '', exitCode: 1 });
});

it('runs the script that the host keeps, if it is the same', async () => {
  const base = await mkdtemp(join(tmpdir(), 'kept-'));
  const script = packScript('cat; echo "$@"\n\n');
  const run = async () => {
    const [shell = '', ...rest] = [...receiverWords(script, base, { sent: false }), 'stage'];
    return await execa(shell, rest, { input: 'payload ', reject: false });
  };
  expect(await run()).toMatchObject({ stdout: '', exitCode: exitCodes.unknownExecutor });
  await mkdir(join(base, 'state/executors'), { recursive: true });
  const kept = join(base, 'state/executors', script.hash);
  await writeFile(kept, 'cat; echo "$@"\n');
  expect(await run()).toMatchObject({ stdout: 'payload stage', exitCode: 0 });
  await writeFile(kept, 'echo somebody changed it\n');
  expect(await run()).toMatchObject({ stdout: '', exitCode: exitCodes.unknownExecutor });
  await rm(base, { recursive: true });
});

it('says how many bytes of credentials come before the archive', () => {
  expect(Buffer.from(stagePayload('')).toString()).toBe('0\n');
  const payload = stagePayload('{"é":1}', Buffer.from('archive'));
  expect(Buffer.from(payload).toString()).toBe('8\n{"é":1}archive');
});

it('writes credentials as Docker reads them, whatever characters they have', () => {
  const text = registryConfiguration({ registry: 'ghcr.io', username: 'u', password: `a'"$\\é:` });
  const { auths } = JSON.parse(text) as { auths: Record<string, { auth: string }> };
  expect(Buffer.from(auths['ghcr.io']?.auth ?? '', 'base64').toString()).toBe(`u:a'"$\\é:`);
  expect(registryConfiguration(undefined)).toBe('');
});
