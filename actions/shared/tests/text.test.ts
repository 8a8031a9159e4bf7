import { expect, it } from 'vitest';
import { maskableParts } from '../src/mask.ts';
import { releaseId } from '../src/release-id.ts';
import { sessionParent } from '../src/ssh/files.ts';
import { normaliseLines } from '../src/ssh/normalise-lines.ts';
import { remoteCommandLine } from '../src/ssh/remote-command.ts';

it('masks each line of a key, but not its frame', () => {
  expect(maskableParts('-----BEGIN KEY-----\r\nabc\r\ndef\r\n-----END KEY-----')).toEqual([
    'abc',
    'def',
  ]);
});

it('makes release ids that sort by time', () => {
  const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
  expect(releaseId(new Date('2026-01-31T23:59:59.999Z'), commit)).toBe('20260131T235959Z-0a1b2c3');
});

it('quotes what a shell would understand', () => {
  expect(remoteCommandLine(['sh', '-c', "it's $x", ''])).toBe(`sh -c 'it'\\''s $x' ''`);
});

it('gives keys Unix line ends and a last newline', () => {
  expect(normaliseLines('a\r\nb')).toBe('a\nb\n');
});

it('keeps the control socket short', () => {
  expect(sessionParent('/home/runner/work/_temp')).toBe('/home/runner/work/_temp');
  expect(sessionParent(`/tmp/${'x'.repeat(80)}`)).toBe('/tmp');
});
