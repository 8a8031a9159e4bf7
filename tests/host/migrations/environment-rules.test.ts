import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MigrationBed, startBed } from './bed.ts';
import { tables } from './revisions.ts';

let bed: MigrationBed;
let right: string;

const path = 'shared/.env.staging';

beforeAll(async () => {
  bed = await startBed();
  bed.environmentRules = [
    'closed',
    'variable POSTGRES_USER required',
    'variable POSTGRES_PASSWORD required',
    'variable POSTGRES_DB required',
    'variable DATABASE_URL required',
    'database DATABASE_URL postgresql+psycopg postgres POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB',
  ];
  await bed.write(path, () =>
    [
      'POSTGRES_USER=azals',
      'POSTGRES_PASSWORD=of-the-volume',
      'POSTGRES_DB=azals',
      'DATABASE_URL=postgresql+psycopg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}\n',
    ].join('\n'),
  );
  right = await bed.read(path);
});
afterAll(async () => await bed[Symbol.asyncDispose]());

/** What ends staging a release with this file; undefined where it is staged. */
async function refusal(text: string): Promise<string | undefined> {
  await bed.write(path, () => text);
  await bed.executor('abort');
  return await bed.stage([]).then(
    () => undefined,
    ({ message }: Error) => /error: (.*)/.exec(message)?.[1] ?? message,
  );
}

it('stages with a file that is right, and refuses what is wrong before anything changes', async () => {
  expect(await refusal(right)).toBeUndefined();
  const wrong = right.replace('azals\n', 'other\n');
  expect(await refusal(`${wrong}POSTGRES_DB=azals\n`)).toMatch(
    /\.env\.staging: line 5: POSTGRES_DB is in lines 3 and 5: /,
  );
  expect(await refusal(right.replace('${POSTGRES_PASSWORD}', 'something-else'))).toMatch(
    /\.env\.staging: line 4: DATABASE_URL has another password than POSTGRES_PASSWORD: /,
  );
});

it('refuses another password than the volume of the database was made with', async () => {
  await bed.write(path, () => right);
  await bed.executor('abort');
  const migrated = await bed.migrate(await bed.stage(tables(1)), { backup: 'false' });
  expect(migrated, migrated.log).toMatchObject({ exitCode: 0 });
  expect(await refusal(right)).toBeUndefined();
  const said = await refusal(right.replace('of-the-volume', 'of-another-day'));
  expect(said).toMatch(
    /line 2: POSTGRES_PASSWORD has another value than when the volume of the database was made/,
  );
  expect(said).not.toMatch(/of-another-day|of-the-volume/);
  expect(await refusal(right.replace('USER=azals', 'USER=other'))).toMatch(
    /line 1: POSTGRES_USER has another value than when the volume of the database was made/,
  );
});
