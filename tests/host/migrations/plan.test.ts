import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MigrationBed, password, startBed } from './bed.ts';
import { type Revision, tables } from './revisions.ts';

let bed: MigrationBed;

beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => await bed.start());

const threeRoots: Revision[] = [
  ...tables(2),
  { id: 'billing1', up: `sql("CREATE TABLE billing (id int)")`, message: 'Billing <b>.' },
  { id: 'stock1', up: `sql("CREATE TABLE stock (id int)")` },
];

describe('a migration that succeeds', () => {
  it('goes from an empty database to the head, with a backup, and has nothing to do the next time', async () => {
    const release = await bed.stage(tables(5));
    const run = await bed.migrate(release);
    expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'base', to: 'r005' } });
    expect(JSON.parse(run.outputs.applied ?? '')).toHaveLength(5);
    expect(run.summary).toContain('<h3>Migrations: base → r005</h3>');
    expect(run.summary).toContain('<details><summary>SQL of r003</summary>');
    expect(run.log + run.summary).not.toContain(password);
    expect(await bed.database.revision()).toBe('r005');
    expect(await bed.database.leftovers()).toBe('');
    expect(run.outputs.backup).toBe(`${bed.baseDirectory}/shared/backups/${release}-base.dump`);
    expect(await bed.modeOf(`shared/backups/${release}-base.dump`)).toBe(0o600);
    expect(await bed.read('state/schema')).toContain(` ${release} nothing base r005 -\n`);
    expect(await bed.journal()).toEqual(
      ['backup', 'guard', 'migrate', 'verify'].map((step) => `${step} done`),
    );

    const again = await bed.migrate(release);
    expect(again).toMatchObject({
      exitCode: 0,
      outputs: { from: 'r005', to: 'r005', applied: '[]', backup: '' },
    });
  });

  it('from forty revisions on: has nothing to do, stays where the next one fails, and goes on', async () => {
    await bed.database.at(40);
    await bed.database.ask("INSERT INTO t40 SELECT i, 'note' FROM generate_series(1, 1000) i");
    const before = await bed.database.checksum();
    const nothing = await bed.migrate(await bed.stage(tables(40)));
    expect(nothing).toMatchObject({ exitCode: 0, outputs: { applied: '[]', backup: '' } });

    const wrong = { id: 'r041', after: 'r040', up: 'sql("DELETE FROM t40")\nsql("SELECT 1 / 0")' };
    const failed = await bed.migrate(await bed.stage([...tables(40), wrong]));
    expect(failed).toMatchObject({ exitCode: 1, outputs: { from: 'r040', to: 'r040' } });
    expect(failed.log).toContain('r041 failed: division by zero');
    expect(failed.log).toContain('nothing changed: the database is at r040 as before');
    expect(await bed.database.checksum()).toBe(before);
    expect(await bed.database.leftovers()).toBe('');

    const next = await bed.migrate(await bed.stage(tables(42)));
    expect(next).toMatchObject({ exitCode: 0, outputs: { from: 'r040', to: 'r042' } });
    expect(JSON.parse(next.outputs.applied ?? '')).toHaveLength(2);
    expect(await bed.database.ask('SELECT count(*) FROM t40')).toBe('1000');
  });

  it('says what it would do and does nothing in a dry run', async () => {
    const release = await bed.stage([
      ...tables(1),
      {
        id: 'rows',
        after: 'r001',
        message: 'Counts <rows>.',
        up: 'n = op.get_bind().execute(sa.text("SELECT count(*) FROM t1")).scalar()\nsql(f"INSERT INTO t1 VALUES ({n})")',
      },
    ]);
    const run = await bed.migrate(release, { 'dry-run': 'true' });
    expect(run).toMatchObject({
      exitCode: 0,
      outputs: { from: 'base', to: 'base', applied: '[]' },
    });
    expect(run.summary).toContain('CREATE TABLE t1');
    expect(run.summary).toContain('no SQL: it does not run offline');
    expect(run.summary).toContain('Counts &lt;rows&gt;.');
    expect(await bed.database.revision()).toBe('');
  });

  it('is one by hand too, with the live release and without a deploy', async () => {
    const release = await bed.stage(tables(2));
    await bed.makeLive(release);
    expect(await bed.migrate(release)).toMatchObject({ exitCode: 0, outputs: { to: 'r002' } });
    const { stdout } = await bed.executor('status');
    expect(stdout).toContain('migrated: from base to r002');
    expect(stdout).not.toContain('transaction-phase');
    const name = `${release}-by-hand.dump`;
    expect((await bed.executor('backup', { 'disk-margin': '1' })).stdout).toContain(`/${name}\n`);
    expect((await bed.executor('backups')).stdout).toContain(`backup=${name} `);
    await bed.makeLive('');
  });

  it('warns of models and tables that differ, or goes back if told', async () => {
    const models = {
      'models.py':
        'import sqlalchemy as sa\nmetadata = sa.MetaData()\nsa.Table("t1", metadata, sa.Column("id", sa.BigInteger, primary_key=True), sa.Column("note", sa.Text), sa.Column("city", sa.Text))\n',
    };
    const release = await bed.stage(tables(1), models);
    const refused = await bed.migrate(release, { drift: 'error' });
    expect(refused.exitCode).toBe(1);
    expect(refused.log).toContain('the models and the tables differ');
    expect(refused.log).toContain('brought back by downgrade: the database is at base');
    expect(await bed.database.checksum()).toBe('d41d8cd98f00b204e9800998ecf8427e');

    const warned = await bed.migrate(release);
    expect(warned).toMatchObject({ exitCode: 0, outputs: { to: 'r001' } });
    expect(warned.summary).toContain('Models and tables differ: add column t1.city');
  });
});

describe('a plan that stops before anything is done', () => {
  it('at several heads: names the branches, how to join them and how to accept them', async () => {
    const release = await bed.stage(threeRoots);
    const run = await bed.migrate(release);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('this image has 3 heads');
    expect(run.log).toContain('r002: Step r002. (2 of its own, from r001 on)');
    expect(run.log).toContain("alembic merge -m 'join branches' billing1 r002 stock1");
    expect(await bed.database.revision()).toBe('');

    const all = await bed.migrate(release, { target: 'heads' });
    expect(all).toMatchObject({ exitCode: 0, outputs: { to: 'billing1 r002 stock1' } });
    expect(await bed.database.revision()).toBe('billing1 r002 stock1');
    // With three revisions in the database, the next release goes on from there.
    const more = await bed.stage([...threeRoots, ...tables(1, 3, 'r002')]);
    const next = await bed.migrate(more, { target: 'heads' });
    expect(next).toMatchObject({ exitCode: 0, outputs: { to: 'billing1 r003 stock1' } });
  });

  it('at a database that is ahead of the image, and at a target that does not exist', async () => {
    await bed.database.at(3);
    const older = await bed.migrate(await bed.stage(tables(2)));
    expect(older.exitCode).toBe(1);
    expect(older.log).toContain('the database is at r003, which this image does not know');
    const nowhere = await bed.migrate(await bed.stage(tables(3)), { target: 'nope' });
    expect(nowhere.log).toContain('the target nope is no revision of this image');
    expect(await bed.database.revision()).toBe('r003');
  });

  it('where there is no room for a backup', async () => {
    const release = await bed.stage(tables(1));
    const run = await bed.migrate(release, { 'disk-margin': '9000000' });
    expect(run.exitCode).toBe(1);
    expect(run.log).toMatch(/MiB free, but a backup of the database .* Nothing was changed/);
    expect(await bed.database.revision()).toBe('');
  });
});

describe('what the SQL would do to the release that is live', () => {
  it('stops what breaks it, unless the migration says why', async () => {
    await bed.database.at(1);
    const drop: Revision = {
      id: 'drop',
      after: 'r001',
      up: `sql("ALTER TABLE t1 DROP COLUMN note")`,
    };
    const staged = await bed.stage([...tables(1), drop]);
    const run = await bed.migrate(staged, { lint: 'error' });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('drop: ban-drop-column');
    expect(run.log).toContain('first expand');
    expect(await bed.database.revision()).toBe('r001');

    // The release that is live may be returned to after a migration, but not after this one.
    await bed.makeLive(staged);
    const comments = ['breaking: nobody reads notes since last year'];
    const meant = await bed.stage([...tables(1), { ...drop, comments }]);
    const done = await bed.migrate(meant, { lint: 'error' });
    expect(done).toMatchObject({ exitCode: 0, outputs: { to: 'drop' } });
    expect(done.summary).toContain('breaks the release before: nobody reads notes since last year');
    expect(await bed.read('state/schema')).toContain(` ${meant} ${staged} r001 drop drop\n`);
    await bed.makeLive(meant);
    // One that was never confirmed is refused for that.
    await appendFile(join(bed.baseDirectory, 'state/confirmed'), `${staged}\n`);
    const back = await bed.executor('rollback', { release: staged, 'dry-run': 'yes' });
    expect(back.exitCode).toBe(1);
    expect(back.stderr).toContain('r001 to drop, of which drop breaks what was before');
    await bed.makeLive('');
  });
});
