import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestCase, TestResult } from '@playwright/test/reporter';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';

const password = 'mot "de" passé';
const key = 'ab12'.repeat(16);
const token = `eyJhbGciOiJIUzI1NiJ9.${'e'.repeat(40)}.${'s_-'.repeat(14)}`;

test('what a failed test of the browser suite leaves holds no password, key or token', async () => {
  vi.stubEnv('TEST_TENANT_PASSWORD', password);
  vi.stubEnv('STAGING_RATE_LIMIT_KEY', key);
  const { default: RedactFailures } = await import('./staging/redact-failures.ts');
  const folder = await mkdtemp(join(tmpdir(), 'failures-'));
  const picture = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const body = JSON.stringify({ email: 'qa@azals.test', password });
  const trace = {
    'trace.network': strToU8(JSON.stringify({ headers: { key, token: `Bearer ${token}` }, body })),
    'resources/body.json': strToU8(body),
    'screencast/page.jpeg': picture,
  };
  await writeFile(join(folder, 'trace.zip'), zipSync(trace));
  await writeFile(join(folder, 'page.md'), `- textbox: ${password}`);
  const errors = [{ message: `fill("${password}") timed out` }];
  const result = {
    errors,
    attachments: [
      { name: 'trace', contentType: 'application/zip', path: join(folder, 'trace.zip') },
      { name: 'error-context', contentType: 'text/markdown', path: join(folder, 'page.md') },
    ],
  };

  new RedactFailures().onTestEnd({} as TestCase, result as TestResult);

  const left = unzipSync(await readFile(join(folder, 'trace.zip')));
  const text = (name: string) => strFromU8(left[name] ?? new Uint8Array());
  expect(text('resources/body.json')).toBe('{"email":"qa@azals.test","password":"***"}');
  expect(text('trace.network')).toContain('"token":"Bearer ***"');
  for (const secret of ['passé', key, token]) expect(text('trace.network')).not.toContain(secret);
  expect(left['screencast/page.jpeg']).toEqual(picture);
  expect(await readFile(join(folder, 'page.md'), 'utf8')).toBe('- textbox: ***');
  expect(errors).toEqual([{ message: 'fill("***") timed out' }]);
  await rm(folder, { recursive: true });
  vi.unstubAllEnvs();
});
