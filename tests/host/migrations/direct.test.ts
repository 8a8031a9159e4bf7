import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ensureCommands } from '../../../scripts/local/machine/debian-packages.ts';
import { type MigrationBed, password, startBed } from './bed.ts';
import { pythonWithRequirements } from './python-environment.ts';
import { type Revision, tables } from './revisions.ts';

let bed: MigrationBed;
let python: string;
let address: string;
let url: string;

beforeAll(async () => {
  await ensureCommands({ pg_dump: 'postgresql-client' });
  python = await pythonWithRequirements();
  bed = await startBed();
  await bed.start();
  address = await bed.database.address();
  url = `postgresql+psycopg://azals:${encodeURIComponent(password)}@${address}/azals`;
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => await bed.start());

async function inputs(revisions: readonly Revision[]) {
  const application = await bed.application(revisions);
  const backups = join(application, 'backups');
  return {
    'database-url': url,
    'working-directory': application,
    'backup-directory': backups,
    python,
  };
}

const bad: Revision = {
  id: 'bad',
  after: 'r002',
  up: `sql("INSERT INTO t1 VALUES (7, 'seven')")
with op.get_context().autocommit_block():
    sql("CREATE INDEX CONCURRENTLY ix ON nowhere (x)")`,
};

it('migrates with the application as it is checked out, and backs up first', async () => {
  await bed.database.at(1);
  const application = await inputs(tables(3));
  const run = await bed.migrateDirectly(application);
  expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'r001', to: 'r003' } });
  expect(await readdir(application['backup-directory'])).toEqual([
    run.outputs.backup?.split('/').at(-1),
  ]);
  expect(await bed.database.revision()).toBe('r003');
  const log = run.log.replaceAll(/::add-mask::.*/g, '');
  expect(log).not.toContain(password);
  expect(log).not.toContain(encodeURIComponent(password));
});

it('reads the URL as the application’s driver does, for the backup too', async () => {
  const secret = encodeURIComponent(password);
  const [host, port] = address.split(':');
  for (const written of [
    `postgresql+psycopg://${address}/azals?user=azals&password=${secret}&sslmode=prefer`,
    `postgresql+psycopg://azals:${secret}@/azals?host=${host}&port=${port}&keepalives=1`,
    `postgresql+psycopg://azals:${secret}@/azals?host=127.0.0.1:1&host=${address}`,
    `postgresql+psycopg://azals:${secret}@${address}/azals?options=-csearch_path%3Dpublic`,
  ]) {
    await bed.database.at(1);
    const application = await inputs(tables(2));
    const run = await bed.migrateDirectly({ ...application, 'database-url': written });
    expect(run, written).toMatchObject({ exitCode: 0, outputs: { from: 'r001', to: 'r002' } });
    expect(await readdir(application['backup-directory'])).toHaveLength(1);
    expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain(secret);
  }
});

it('finds the folder of the migrations where Alembic does: in pyproject.toml too', async () => {
  await bed.database.at(1);
  const application = await inputs(tables(2));
  const folder = application['working-directory'];
  const ini = await readFile(join(folder, 'alembic.ini'), 'utf8');
  await writeFile(join(folder, 'alembic.ini'), ini.replace(/^script_location.*$/m, ''));
  await writeFile(
    join(folder, 'pyproject.toml'),
    '[tool.alembic]\nscript_location = "%(here)s/alembic"\nprepend_sys_path = ["."]\n',
  );
  const run = await bed.migrateDirectly(application);
  expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'r001', to: 'r002' } });
});

it('shows no row of what failed: all of it is in a file beside the backups', async () => {
  await bed.database.at(1);
  await bed.database.ask("INSERT INTO t1 VALUES (1, 'anna@example.fr'), (2, 'anna@example.fr')");
  const unique = { ...bad, after: 'r001', up: 'op.create_unique_constraint("u", "t1", ["note"])' };
  const run = await bed.migrateDirectly(await inputs([...tables(1), unique]));
  expect(run.log).toContain('bad failed: could not create unique index "u" (SQLSTATE 23505');
  expect(run.log + run.summary).not.toContain('anna@example.fr');
  const [, file = ''] = /all that was said is in (\S+?)\)/.exec(run.log) ?? [];
  expect(await readFile(file, 'utf8')).toContain('Key (note)=(anna@example.fr)');
});

it('brings back what failed', async () => {
  await bed.database.at(2);
  const before = await bed.database.checksum();
  const run = await bed.migrateDirectly(
    await inputs([
      ...tables(2),
      { ...bad, up: `sql("ALTER TABLE t1 DROP COLUMN note")\nsql("SELECT 1 / 0")` },
    ]),
  );
  expect(run).toMatchObject({ exitCode: 1, outputs: { from: 'r002', to: 'r002' } });
  expect(run.log).toContain('bad failed: division by zero');
  expect(run.log).toContain('nothing changed: the database is at r002 as before');
  expect(await bed.database.checksum()).toBe(before);

  const rows = await bed.migrateDirectly(await inputs([...tables(2), bad]));
  expect(rows.log).toContain('rows that it has changed stay changed');
  expect(await bed.database.leftovers()).toBe('');
});

it('names who migrates the same database', async () => {
  const holding = bed.database.ask(
    `SET application_name = 'staging-pipeline-migrations of somebody'; SELECT pg_advisory_lock(x'${Buffer.from('stagemig').toString('hex')}'::bigint); SELECT pg_sleep(60)`,
  );
  const ended = holding.catch(() => undefined);
  await bed.database.until("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted");
  const run = await bed.migrateDirectly({ ...(await inputs(tables(1))), 'lock-timeout': '1' });
  expect(run.exitCode).toBe(1);
  expect(run.log).toMatch(
    /another migration holds the lock of this database: session \d+ \(staging-pipeline-migrations of somebody\)/,
  );
  await bed.database.ask(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
  );
  await ended;
  expect(await bed.database.revision()).toBe('');
});

it('does not show a password that is refused, nor names of the URL', async () => {
  const wrong = url.replace(/:[^:@/]+@/, ':falsches-Passwort-7@');
  const run = await bed.migrateDirectly({ ...(await inputs(tables(1))), 'database-url': wrong });
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('the database does not let us in');
  expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain('falsches-Passwort-7');
});

it('ends with the runner, and leaves no session behind', async () => {
  await bed.database.at(2);
  const before = await bed.database.checksum();
  const slow = { ...bad, up: `sql("ALTER TABLE t1 DROP COLUMN note")\nsql("SELECT pg_sleep(60)")` };
  const run = bed.startMigratingDirectly(await inputs([...tables(2), slow]));
  await bed.database.until(
    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
  );
  run.kill('SIGKILL');
  await run.ended;
  expect(await bed.database.leftovers()).toBe('');
  expect(await bed.database.checksum()).toBe(before);
  const next = await bed.migrateDirectly(await inputs(tables(3)));
  expect(next).toMatchObject({ exitCode: 0, outputs: { from: 'r002', to: 'r003' } });
});
