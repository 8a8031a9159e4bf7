import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MigrationBed, startBed } from './bed.ts';
import { type Revision, tables } from './revisions.ts';

let bed: MigrationBed;

/** Where the backup is not what the test is about. */
const noBackup = { backup: 'false' };

beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => await bed.start());

/** Forty revisions, of which the one at `position` does `statements`. */
function forty(position: number, statements: string): Revision[] {
  return tables(40).map((revision, index) =>
    index + 1 === position ? { ...revision, up: statements } : revision,
  );
}

describe('a migration that fails in a transaction', () => {
  it('leaves every table and row as they were, wherever it fails', async () => {
    await bed.database.at(5);
    await bed.database.ask("INSERT INTO t1 SELECT i, 'note' FROM generate_series(1, 1000) i");
    const before = await bed.database.checksum();
    const failures = {
      'the first, in DDL': [
        6,
        'sql("ALTER TABLE t1 ADD COLUMN city text")\nsql("ALTER TABLE nowhere ADD COLUMN x int")',
      ],
      'the last, in Python': [40, 'sql("DELETE FROM t1")\nraise ValueError("no such thing")'],
    } as const;
    for (const [name, [position, statements]] of Object.entries(failures)) {
      const run = await bed.migrate(await bed.stage(forty(position, statements)), noBackup);
      const failed = `r${String(position).padStart(3, '0')}`;
      expect(run, name).toMatchObject({ exitCode: 1, outputs: { from: 'r005', to: 'r005' } });
      expect(run.log, name).toContain(`${failed} failed`);
      expect(run.log, name).toContain('nothing changed: the database is at r005 as before');
      expect(await bed.database.checksum(), name).toBe(before);
      expect(await bed.database.revision(), name).toBe('r005');
      expect(await bed.database.leftovers(), name).toBe('');
    }
  });

  it('leaves a million rows as they were, and the next release goes on', async () => {
    await bed.database.at(5);
    await bed.database.ask(
      "INSERT INTO t1 SELECT i, 'note ' || i FROM generate_series(1, 1000000) i",
    );
    const before = await bed.database.checksum();
    const statements =
      'sql("UPDATE t1 SET note = \'gone\' WHERE id < 1000")\nsql("INSERT INTO t1 VALUES (5, \'twice\')")';
    const run = await bed.migrate(await bed.stage(forty(20, statements)));
    expect(run.log).toContain('r020 failed: duplicate key value violates unique constraint');
    expect(run.log).toContain('nothing changed: the database is at r005 as before');
    expect(run.summary).toContain('Cause: migrate: r020 failed: duplicate key value');
    expect(run.summary).toMatch(/Backup: \S+\.dump \([1-9]\d+ KiB\)/);
    expect(await bed.database.checksum()).toBe(before);
    const mended = await bed.migrate(await bed.stage(tables(40)), noBackup);
    expect(mended).toMatchObject({ exitCode: 0, outputs: { from: 'r005', to: 'r040' } });
  });
});

const halfDone = {
  up: `sql("ALTER TABLE t2 ADD COLUMN extra text")
with op.get_context().autocommit_block():
    op.create_index("ix_note", "t2", ["note"], unique=True, postgresql_concurrently=True)`,
  down: `with op.get_context().autocommit_block():
    op.drop_index("ix_note", table_name="t2", postgresql_concurrently=True, if_exists=True)
sql("ALTER TABLE t2 DROP COLUMN extra")`,
};

describe('a migration that fails outside of a transaction', () => {
  it('is taken back, half a revision too', async () => {
    await bed.database.at(2);
    await bed.database.ask("INSERT INTO t2 VALUES (1, 'same'), (2, 'same')");
    const before = await bed.database.checksum();
    for (const [first, count] of [
      ['first', 0],
      ['middle', 2],
    ] as const) {
      const chain = tables(2 + count);
      const after = chain.at(-1)?.id ?? '';
      const release = await bed.stage([...chain, { id: 'index', after, ...halfDone }]);
      const run = await bed.migrate(release, noBackup);
      expect(run.exitCode, first).toBe(1);
      expect(run.log, first).toContain('could not create unique index "ix_note"');
      expect(run.log, first).toContain('brought back by downgrade: the database is at r002');
      expect(await bed.database.checksum(), first).toBe(before);
      expect(await bed.database.revision(), first).toBe('r002');
    }
  });
});

describe('where every revision is a transaction of its own', () => {
  const oneByOne = { 'one-by-one': '' };
  const bad: Revision = { id: 'bad', after: 'r004', up: `sql("SELECT 1 / 0")` };
  const start = async () => {
    await bed.database.at(2);
    await bed.database.ask("INSERT INTO t1 VALUES (1, 'one')");
  };

  it('goes back over the revisions that were done', async () => {
    await start();
    const before = await bed.database.checksum();
    const run = await bed.migrate(await bed.stage([...tables(4), bad], oneByOne), noBackup);
    expect(run.log).toContain('brought back by downgrade: the database is at r002');
    expect(await bed.database.checksum()).toBe(before);
    expect(await bed.database.revision()).toBe('r002');
  });

  it('says where the database is when the downgrade fails, and the backup brings it back', async () => {
    await start();
    const before = await bed.database.checksum();
    const chain = tables(4).map((revision) =>
      revision.id === 'r003' ? { ...revision, down: 'raise NotImplementedError' } : revision,
    );
    const release = await bed.stage([...chain, bad], oneByOne);
    const run = await bed.migrate(release);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('it could not be brought back');
    expect(run.log).toContain('left behind: table r public.t3');
    expect(run.log).toContain(`The backup of before is ${run.outputs.backup}`);
    expect(await bed.database.revision()).toBe('r003');
    // The one that was told that nothing is broken goes on from there.
    const next = await bed.migrate(await bed.stage([...chain], oneByOne));
    expect(next).toMatchObject({ exitCode: 0, outputs: { from: 'r003', to: 'r004' } });

    await bed.makeLive(release);
    const name = run.outputs.backup?.split('/').at(-1) ?? '';
    const restored = await bed.executor('restore', { backup: name, 'disk-margin': '1' });
    expect(restored.stderr).not.toContain('error:');
    expect(restored.stdout).toContain('to=r002');
    expect(await bed.database.checksum()).toBe(before);
    await bed.makeLive('');
  });

  it('restores the backup if told, with the application stopped meanwhile', async () => {
    await start();
    const before = await bed.database.checksum();
    const release = await bed.stage([...tables(4), bad], oneByOne);
    const writer = await bed.startApplication(release);
    const run = await bed.migrate(release, { 'on-failure': 'restore' });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the application is stopped for as long as that takes');
    expect(run.log).toMatch(
      /restored from .*-r002\.dump; nothing changed: the database is at r002/,
    );
    expect(await bed.database.checksum()).toBe(before);
    expect(await bed.restartsOf(writer)).toBe('started again');
  });

  it('keeps it as it is if told', async () => {
    await start();
    const run = await bed.migrate(await bed.stage([...tables(4), bad], oneByOne), {
      ...noBackup,
      'on-failure': 'keep',
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { from: 'r002', to: 'r004' } });
    expect(run.log).toContain('kept as it is: the database is at r004, it was at r002');
    expect(await bed.database.revision()).toBe('r004');
  });
});

describe('a backup on a full disk', () => {
  it('fails before anything is done', async () => {
    await bed.database.at(1);
    await bed.database.ask(
      'INSERT INTO t1 SELECT i, md5(random()::text) FROM generate_series(1, 100000) i',
    );
    const release = await bed.stage(tables(2));
    await using disk = await bed.smallDisk('shared/backups', '1m');
    // As if somebody else filled the disk while the backup is written.
    const mend = await bed.standIn('df', '#!/bin/sh\necho Avail\necho 99999999\n');
    const run = await bed.migrate(release);
    await mend();
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the backup failed, see above');
    expect(run.log).toContain('Nothing was changed');
    expect(await disk.files()).toEqual([]);
    expect(await bed.database.revision()).toBe('r001');
  });
});
