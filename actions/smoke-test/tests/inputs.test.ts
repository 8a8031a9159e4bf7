import { describe, expect, it } from 'vitest';
import { readInputs } from '../src/inputs.ts';

const right = {
  url: 'https://staging.example.org/',
  commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  checks: JSON.stringify([{ name: 'API', path: '/health', status: 200 }]),
};
const read =
  (changes: Readonly<Record<string, string>>) =>
  (name: string): string =>
    ({ ...right, ...changes })[name as keyof typeof right] ?? '';
const inputs = (changes: Readonly<Record<string, string>> = {}) => readInputs(read(changes));
const refusal = (changes: Readonly<Record<string, string>>) => {
  try {
    inputs(changes);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};
const checks = (...list: object[]) => ({ checks: JSON.stringify(list) });

describe('inputs', () => {
  it('are few where nobody says more', () => {
    expect(inputs()).toMatchObject({
      timeout: 120,
      tunnel: 'auto',
      host: undefined,
      tunnelTarget: { host: 'staging.example.org', port: 443 },
      images: new Map(),
    });
  });

  it('name what was built, the secrets, and where the tunnel leads', () => {
    const given = inputs({
      images: 'api=r/api@sha256:1\nfrontend=r/f@sha256:2',
      secrets: 'PASSWORD=a=b',
      'tunnel-target': '[::1]:8081',
    });
    expect([...given.images.keys()]).toEqual(['api', 'frontend']);
    expect(given.secrets.get('PASSWORD')).toBe('a=b');
    expect(given.tunnelTarget).toEqual({ host: '::1', port: 8081 });
  });

  it('need the whole connection where they name a host', () => {
    expect(refusal({ host: 'staging.example.org' })).toBe(
      'input user is missing\ninput private-key is missing\ninput known-hosts is missing',
    );
    expect(refusal({ tunnel: 'true' })).toContain('which needs the inputs host, user');
  });

  it('never quote a password in an address', () => {
    const message = refusal({ url: 'https://camille:s3cret@staging.example.org' });
    expect(message).toContain('header Authorization');
    expect(message).not.toContain('s3cret');
    expect(refusal({ url: 'ftp://x' })).toContain('input url is "ftp://x"');
    expect(refusal({ secrets: 'PASSWORD=' })).toContain('PASSWORD is empty: set the secret');
  });
});

describe('the input checks', () => {
  it.each<[string, object, string]>([
    ['an unknown kind', { name: 'n', kind: 'reqest' }, 'at 0: kind must be one of request, '],
    [
      'an unknown key',
      { name: 'n', path: '/', status: 200, stat: 1 },
      'at 0: Unrecognized key: "stat"',
    ],
    ['a path that is none', { name: 'n', path: 'x', status: 200 }, 'at 0/path: must begin with /'],
    [
      'a step that is none',
      { name: 'n', kind: 'sequence', steps: [{ path: '/', statuss: 1 }] },
      'at 0/steps/0: Unrecognized key: "statuss"',
    ],
    [
      'a browser step that is none',
      { name: 'n', kind: 'browser', path: '/', steps: [{ clik: { text: 'x' } }] },
      'at 0/steps/0: must have one of open, fill, click',
    ],
    [
      'a pattern that is none',
      { name: 'n', path: '/', status: 200, json: { '/a': { pattern: '(' } } },
      'at 0/json//a',
    ],
    [
      'a placeholder that nothing fills in',
      { name: 'n', path: '/{comit}', status: 200 },
      'check "n" has {comit}, which nothing fills in; there are {commit}, {origin}',
    ],
    [
      'a secret that is not given',
      { name: 'n', path: '/', status: 200, headers: { a: '{secret.KEY}' } },
      'add a line KEY=… to the input secrets',
    ],
  ])('names %s', (_, check, message) => {
    expect(refusal(checks(check))).toContain(message);
  });

  it('lets a step use what an earlier one took, and a pattern have braces', () => {
    const steps = [
      { path: '/a', take: { id: '/id' }, json: { '/id': { pattern: '^[a-f]{8}$' } } },
      { path: '/a/{id}' },
    ];
    expect(inputs(checks({ kind: 'sequence', name: 'n', steps })).checks).toHaveLength(1);
  });
});
