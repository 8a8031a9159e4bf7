import { execa } from 'execa';
import { expect, it } from 'vitest';
import { parseResult } from '../src/executor.ts';
import { outputsFrom } from '../src/outputs.ts';
import { planCall, receiverWords, registryConfiguration } from '../src/plan.ts';

const release = '20260101T000000Z-0a1b2c3';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

it('asks the executor for a release with the health time-out', () => {
  const call = planCall('/srv/x', { command: 'release', release, healthTimeout: 90 });
  expect(call.words).toEqual([
    'release',
    '--base',
    '/srv/x',
    '--release',
    release,
    '--timeout',
    '90',
  ]);
  expect(call.timeout).toBeGreaterThan(90_000 * 3);
});

it('leaves the choice of the release to the host where a rollback names none', () => {
  const call = planCall('/srv/x', { command: 'rollback', release: undefined, healthTimeout: 90 });
  expect(call.words).toEqual(['rollback', '--base', '/srv/x', '--timeout', '90']);
});

it('asks the executor to stage a commit again, with as much time as for an upload', () => {
  const again = { command: 'restage', release: commit, credentials: undefined } as const;
  const { words, timeout } = planCall('/srv/x', again);
  expect(words).toEqual(['restage', '--base', '/srv/x', '--release', commit]);
  expect(timeout).toBe(20 * 60_000);
});

it('runs a script from standard input that reads the rest of it, and fails as it does', async () => {
  // Longer than what shells and pipes read at once, and with characters of more than one byte.
  const filler = `# é${'x'.repeat(100)}\n`.repeat(1000);
  const run = (script: string, input: string, ...words: string[]) => {
    const [shell = '', ...rest] = [...receiverWords(script), ...words];
    return execa(shell, rest, { input: script + input, reject: false });
  };
  const script = `${filler}main() { printf '%s|' "$@"; cat; exit 3; }\n${filler}main "$@"\nexit\n`;
  expect(await run(script, '{"auths":"é"}\n', 'stage', '$(id) b')).toMatchObject({
    stdout: 'stage|$(id) b|{"auths":"é"}',
    exitCode: 3,
  });
  expect(await run('set -e\nfalse\necho on', '')).toMatchObject({ stdout: '', exitCode: 1 });
});

it('writes credentials as Docker reads them, whatever characters they have', () => {
  const text = registryConfiguration({ registry: 'ghcr.io', username: 'u', password: `a'"$\\é:` });
  const { auths } = JSON.parse(text) as { auths: Record<string, { auth: string }> };
  expect(Buffer.from(auths['ghcr.io']?.auth ?? '', 'base64').toString()).toBe(`u:a'"$\\é:`);
  expect(registryConfiguration(undefined)).toBe('');
});

it('makes outputs of what the executor reported', () => {
  expect(outputsFrom(parseResult(`release=${release}\ncommit=${commit}\nprevious=\n`), 12)).toEqual(
    {
      release,
      commit,
      previous: '',
      'duration-ms': '12',
    },
  );
  const status = `current=${release}\ncommit=${commit}\nconfirmed=\nrelease=${release} provisional ${commit}\n`;
  expect(outputsFrom(parseResult(status), 5)).toEqual({
    current: release,
    commit,
    confirmed: '',
    releases: JSON.stringify([{ id: release, commit, confirmed: false, current: true }]),
    'duration-ms': '5',
  });
});
