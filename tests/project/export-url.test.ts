import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';

/** The service file that the export makes of a URL. */
async function serviceOf(url: string): Promise<string[]> {
  const script = join(packageRoot, 'scripts/pg_service.awk');
  const options = { input: `${url}\n`, env: { LC_ALL: 'C' }, reject: false } as const;
  const { stdout, stderr, exitCode } = await execa('awk', ['-f', script], options);
  return exitCode === 0 ? stdout.split('\n').slice(1).toSorted() : [stderr];
}

it.each([
  ['postgresql://u:p%40@h:5/db', ['dbname=db', 'host=h', 'password=p@', 'port=5', 'user=u']],
  ['postgresql+asyncpg://h/db?ssl=prefer', ['dbname=db', 'host=h', 'sslmode=prefer']],
  ['postgresql://u@/db?host=/run/x&port=7', ['dbname=db', 'host=/run/x', 'port=7', 'user=u']],
  ['postgresql://u@/db?host=a:1&host=b:2', ['dbname=db', 'host=a,b', 'port=1,2', 'user=u']],
  ['postgresql://h/db?user=u&password=p', ['dbname=db', 'host=h', 'password=p', 'user=u']],
  ['postgresql:///db?service=mine', ['dbname=db', 'service=mine']],
])('the export reads %s as the application does', async (url, lines) => {
  expect(await serviceOf(url)).toEqual(lines);
});

it('the export names no part of a URL that it cannot read', async () => {
  const [said = ''] = await serviceOf('postgresql://u:geheim@/db');
  expect(said).toContain('names no host');
  expect(said).not.toContain('geheim');
});
