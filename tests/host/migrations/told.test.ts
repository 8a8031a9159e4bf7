import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDriver } from '../../../actions/run-migrations/src/driver.ts';
import { driverPayload } from '../../../actions/run-migrations/src/host.ts';
import { type MigrationBed, startBed } from './bed.ts';
import { type Revision, tables } from './revisions.ts';

let bed: MigrationBed;
const noBackup = { backup: 'false' };

beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => await bed.start());

const person = 'anna.muster@example.fr';

/** What a migration does with a row that holds a person, and what may be said of it. */
const failures: readonly (readonly [statements: string, told: string])[] = [
  [
    'op.create_unique_constraint("one_note", "t1", ["note"])',
    'could not create unique index "one_note" (SQLSTATE 23505, constraint one_note, table public.t1)',
  ],
  [
    'sql("INSERT INTO t1 SELECT NULL, note FROM t1")',
    'null value in column "id" of relation "t1" violates not-null constraint (SQLSTATE 23502, table public.t1, column id)',
  ],
  [
    'sql("SELECT note::int FROM t1")',
    'invalid input syntax for type integer: "***" (SQLSTATE 22P02)',
  ],
  [
    'sql("DO $$ BEGIN RAISE EXCEPTION \'% is odd\', (SELECT note FROM t1 LIMIT 1); END $$")',
    'an error that a function of the database or the migration raises (SQLSTATE P0001)',
  ],
  [
    'for row in op.get_bind().execute(sa.text("SELECT note FROM t1")):\n    raise ValueError(f"odd: {row}")',
    'ValueError: its message may hold data (bad.py line ',
  ],
  ['raise ValueError("it is too late for this")', 'ValueError: it is too late for this (bad.py'],
];

describe('what a failed migration tells', () => {
  it('has names and PostgreSQL’s own words, and no row: that stays in a file on the host', async () => {
    await bed.database.at(1);
    await bed.database.ask(`INSERT INTO t1 VALUES (1, '${person}'), (2, '${person}')`);
    for (const [statements, told] of failures) {
      const bad: Revision = { id: 'bad', after: 'r001', up: statements };
      const run = await bed.migrate(await bed.stage([...tables(1), bad]), noBackup);
      expect(run.exitCode, statements).toBe(1);
      expect(run.log, statements).toContain(`bad failed: ${told}`);
      expect(run.log + run.summary, statements).not.toContain(person);
      const file = /all that was said is in (\S+) on the host/.exec(run.log)?.[1] ?? '';
      const path = file.slice(bed.baseDirectory.length + 1);
      expect(await bed.modeOf(path)).toBe(0o600);
      if (!statements.includes('too late')) expect(await bed.read(path)).toContain(person);
      expect((await bed.read('state/journal.jsonl')).includes(person)).toBe(false);
    }
  });
});

describe('where the database is', () => {
  it('is what Alembic says: a head that another depends on has no row', async () => {
    const branches: Revision[] = [
      { id: 't1', up: 'sql("CREATE TABLE t1 (id int)")' },
      { id: 'q1', dependsOn: 't1', up: 'sql("CREATE TABLE q1 (id int)")' },
    ];
    const release = await bed.stage(branches);
    const unclear = await bed.migrate(release, noBackup);
    expect(unclear.log).toContain('this image has 2 heads');
    expect(unclear.log).toContain('t1: Step t1. (others depend on it)');
    const run = await bed.migrate(release, { ...noBackup, target: 'heads' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'base', to: 'q1' } });
    const more = [...branches, { id: 'q2', after: 'q1', up: 'sql("CREATE TABLE q2 (id int)")' }];
    const next = await bed.migrate(await bed.stage(more), { ...noBackup, target: 'heads' });
    expect(next).toMatchObject({ exitCode: 0, outputs: { from: 'q1', to: 'q2' } });
  });
});

describe('the backup', () => {
  it('is of the database that DATABASE_URL names, whatever the service calls its own', async () => {
    const own = await bed.read('shared/.env.staging');
    await bed.database.ask('DROP DATABASE IF EXISTS "other one"');
    await bed.database.ask('CREATE DATABASE "other one"');
    try {
      await bed.write('shared/.env.staging', () => own.replace(/\/azals'$/m, "/other%20one'"));
      const run = await bed.migrate(await bed.stage(tables(1)));
      expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'base', to: 'r001' } });
      const { stdout } = await execa('pg_restore', ['--list', run.outputs.backup ?? '']);
      expect(stdout).toContain('dbname: other one');
    } finally {
      await bed.write('shared/.env.staging', () => own);
    }
  });

  it('is refused where that is another server', async () => {
    const release = await bed.stage(tables(1));
    const options = { release, from: 'base', service: 'api', 'database-server': '1' };
    const answer = await bed.executor('migrate', options, driverPayload(await readDriver()));
    expect(answer.exitCode).toBe(1);
    expect(answer.stderr).toContain(
      'DATABASE_URL leads to another server than the service postgres',
    );
    expect(await bed.database.revision()).toBe('');
  });
});

describe('a check after the migration that breaks by itself', () => {
  it('is a warning or an error as told, and undoes nothing', async () => {
    for (const [drift, exitCode] of [
      ['warn', 0],
      ['error', 1],
    ] as const) {
      await bed.database.empty();
      const release = await bed.stage(tables(2), { 'alembic/env.py': brokenCheck });
      const run = await bed.migrate(release, { ...noBackup, drift });
      expect(run, drift).toMatchObject({ exitCode, outputs: { from: 'base', to: 'r002' } });
      expect(run.log, drift).toContain(
        'whether models and tables agree could not be checked: RuntimeError: nobody knows',
      );
      expect(await bed.database.revision(), drift).toBe('r002');
      if (drift === 'error') expect(run.log).toContain('the migration is done, and stays');
    }
  });
});

/** As Alembic's own, with a hook that fails where tables are compared, and looks at the options of the command. */
const brokenCheck = `import os

from alembic import context
from sqlalchemy import MetaData, create_engine, pool


def directives(_context, _revision, _directives):
    assert context.config.cmd_opts is not None
    raise RuntimeError("nobody knows")


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool).connect() as connection:
        context.configure(
            connection=connection, target_metadata=MetaData(), process_revision_directives=directives
        )
        with context.begin_transaction():
            context.run_migrations()
`;
