import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { redactor } from '../../scripts/local/run/redact.ts';

/** The shape of a private key, made of nothing secret. */
const lines = ['c29tZXRoaW5nIHRoYXQgbG9va3Mga2V5', 'YW5kIGEgc2Vjb25kIGxpbmUgb2YgaXQ='];
const key = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;

it('replaces a secret wherever it stands', () => {
  const redact = redactor(['correct-horse']);
  expect(redact('a correct-horse, "correct-horse"')).toBe('a ***, "***"');
});

it.each([
  ['whole', key],
  ['line by line', lines.map((line) => `| ${line}`).join('\n')],
  ['in JSON', JSON.stringify({ key })],
  ['with the line ends of Windows', key.replaceAll('\n', '\r\n')],
])('replaces a key of several lines %s', (_, text) => {
  const shown = redactor([key])(text);
  for (const line of lines) expect(shown).not.toContain(line);
  expect(shown).toContain('***');
});

it('replaces the longer of two secrets first, so that nothing of it is left', () => {
  expect(redactor(['password', 'password-and-more'])('password-and-more')).toBe('***');
});

it('leaves what everybody knows readable: the frame of a key, and text too short to be a secret', () => {
  const redact = redactor([key, 'deploy', '']);
  expect(redact('-----BEGIN PRIVATE KEY----- deploy')).toBe('-----BEGIN PRIVATE KEY----- deploy');
});

it('takes secrets with the signs of regular expressions as they are', () => {
  expect(redactor(['a.b*c$(d)'])('a.b*c$(d) aXb*c$(d)')).toBe('*** aXb*c$(d)');
});

it('leaves nothing of a real private key', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const real = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const [, secret = ''] = real.split('\n');
  expect(secret.length).toBeGreaterThan(40);
  expect(redactor([real])(`key: ${real}`)).not.toContain(secret);
});
