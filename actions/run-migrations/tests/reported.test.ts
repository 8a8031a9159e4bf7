import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseSecrets } from '../src/database-secrets.ts';
import { keepDetails } from '../src/details.ts';
import { markedDriver } from '../src/driver.ts';

it('takes no line for the driver’s that does not begin with its mark', () => {
  const { script, reportedIn } = markedDriver('print("x")\n', 'from=a\n');
  const [, mark = ''] =
    /^MARK = "([0-9a-f]{32}:)"\nEVENTS = "ZnJvbT1hCg=="\nprint/.exec(script) ?? [];
  expect(mark).not.toBe('');
  expect(markedDriver('', '').script).not.toContain(mark);
  const printed = `to=evil\n${mark}from=a\n ${mark}to=evil\n${mark}to=b\nnoise ${mark}to=evil\n${mark}cut off`;
  expect(reportedIn(printed)).toBe('from=a\nto=b\ncut off\n');
});

it('keeps what may hold rows in a file for this user alone, which the reason names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'details-'));
  try {
    const details = Buffer.from('DETAIL: Key (email)=(a@b)').toString('base64');
    const reported = await keepDetails(`from=a\ndetails=${details}\nreason=b failed\n`, folder);
    const [, file = ''] =
      /^from=a\nreason=b failed \(all that was said is in (\S+)\)\n$/.exec(reported) ?? [];
    expect(await readFile(file, 'utf8')).toBe('DETAIL: Key (email)=(a@b)');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keepDetails('from=a\n', folder)).toBe('from=a\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each([
  ['postgresql://u:p%40ss@h/db', ['p%40ss', 'p@ss']],
  ['postgresql://u@h/db?user=u&password=p%20w&sslpassword=key', ['p%20w', 'p w', 'key']],
  ['postgresql:///db?service=mine', []],
])('masks the passwords of %s', (url, secrets) => {
  expect(databaseSecrets(url)).toEqual(secrets);
});
