import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { docker } from '../../../scripts/local/machine/engine.ts';
import { type MigrationBed, password, startBed } from './bed.ts';
import { type Revision, tables } from './revisions.ts';

let bed: MigrationBed;
let before: string;

beforeAll(async () => {
  bed = await startBed();
});
afterAll(async () => await bed[Symbol.asyncDispose]());
beforeEach(async () => {
  await bed.start();
  await bed.database.at(2);
  await bed.database.ask("INSERT INTO t1 SELECT i, 'note' FROM generate_series(1, 1000) i");
  before = await bed.database.checksum();
});

/** Changes a table, then takes a minute. */
const slow: Revision = {
  id: 'slow',
  after: 'r002',
  up: `sql("ALTER TABLE t1 ADD COLUMN city text")\nsql("SELECT pg_sleep(60)")`,
  down: `sql("ALTER TABLE t1 DROP COLUMN city")`,
};

async function startSlow() {
  const release = await bed.stage([...tables(2), slow]);
  const run = bed.startMigrating(release, { 'lock-timeout': '30', backup: 'false' });
  await bed.database.until(
    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
  );
  return { release, run };
}

async function expectAsBefore(): Promise<void> {
  expect(await bed.database.leftovers()).toBe('');
  expect(await bed.database.checksum()).toBe(before);
  expect(await bed.database.revision()).toBe('r002');
}

describe('what dies in the middle', () => {
  it('the container of the migration', async () => {
    const { run } = await startSlow();
    const filter = ['--filter', `label=com.docker.compose.project=${bed.project}`];
    const containers = await docker(bed.engine, [
      ...['ps', '--quiet', '--filter', 'label=staging-pipeline.migration=apply', ...filter],
    ]);
    await docker(bed.engine, ['kill', ...containers.split('\n')]);
    const { exitCode, log } = await run.ended;
    expect(exitCode).toBe(1);
    expect(log).toContain('the container of the migrations ended without a reason');
    expect(log).toContain('nothing changed: the database is at r002 as before');
    await expectAsBefore();
  });

  it('the process on the host that looks after it, and then the one that looks after that', async () => {
    const { run } = await startSlow();
    for (const secret of [password, encodeURIComponent(password)]) {
      expect(await commandLinesWith(secret.slice(0, 8))).toEqual([]);
    }
    await bed.kill('work');
    const { exitCode, log } = await run.ended;
    expect(exitCode).toBe(1);
    expect(log).toContain('ending a migration that nobody looks after any more');
    expect(log).toContain('nothing changed: the database is at r002 as before');
    await expectAsBefore();

    const second = await startSlow();
    await bed.kill('supervise');
    await bed.kill('work');
    const recovered = await second.run.ended;
    expect(recovered.exitCode).toBe(1);
    expect(recovered.log).toContain('the operation died on the host');
    await expectAsBefore();
    // The next release goes on.
    const next = await bed.migrate(await bed.stage(tables(3)));
    expect(next).toMatchObject({ exitCode: 0, outputs: { from: 'r002', to: 'r003' } });
  });

  it('PostgreSQL, which is started again', async () => {
    const { run } = await startSlow();
    await docker(bed.engine, ['restart', '--time', '5', await bed.database.container()]);
    const { exitCode, log } = await run.ended;
    expect(exitCode).toBe(1);
    expect(log).toContain('slow failed');
    expect(log).toContain('nothing changed: the database is at r002 as before');
    await expectAsBefore();
  });

  it('the process on the host when all was done: nothing is taken back', async () => {
    const release = await bed.stage(tables(3));
    await bed.migrate(release, { backup: 'false' });
    // As it is between the last revision and the host's own records; an older executor wrote no lease.
    await bed.write('state/transaction', (text) =>
      text.replace('phase=staged', 'phase=migrating').replace(/^lease=.*\n/m, ''),
    );
    expect(await bed.executor('recover')).toMatchObject({ exitCode: 0 });
    // It may have been the guard: it looks every second.
    await expect
      .poll(() => bed.outcomes())
      .toContain('outcome=the migration was done nevertheless: the database is at r003');
    expect(await bed.read('state/transaction')).toContain('phase=staged');
    expect(await bed.database.revision()).toBe('r003');
  });

  it('the runner: the host finishes by itself', async () => {
    const quick = { ...slow, up: slow.up.replace('60', '5') };
    const release = await bed.stage([...tables(2), quick]);
    const run = bed.startMigrating(release);
    await bed.database.until(
      "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
    );
    run.kill('SIGKILL');
    await run.ended;
    await bed.database.until("SELECT 1 FROM alembic_version WHERE version_num = 'slow'");
    await bed.idle();
    expect(await bed.database.leftovers()).toBe('');
    expect(await bed.migrate(release)).toMatchObject({ exitCode: 0, outputs: { applied: '[]' } });
  });
});

describe('what dies in the middle of a restore', () => {
  it('leaves the application running, and the database whole', async () => {
    // An index that takes four seconds to build, in a restore too.
    await bed.database.ask(
      `CREATE FUNCTION slow(bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.01); RETURN $1; END';
       INSERT INTO t2 SELECT i, 'note' FROM generate_series(1, 400) i;
       CREATE INDEX slow_index ON t2 (slow(id));`,
    );
    const release = await bed.stage(tables(2));
    const writer = await bed.startApplication(release);
    await bed.makeLive(release);
    await bed.executor('backup', { 'disk-margin': '1' });
    const saved = await bed.database.checksum();
    await bed.database.ask('UPDATE t1 SET note = NULL');
    const changed = await bed.database.checksum();
    const restoring = bed.executor('restore', {
      backup: `${release}-by-hand.dump`,
      'disk-margin': '1',
    });
    await expect.poll(() => bed.restartsOf(writer), { timeout: 60_000 }).toBe('stopped');
    await bed.kill('work');
    const { exitCode, stderr } = await restoring;
    expect(exitCode).toBe(70);
    expect(stderr).toContain('the work was ended by a signal');
    expect(await bed.restartsOf(writer)).toBe('started again');
    await bed.database.until(
      "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name IN ('psql', 'pg_restore') AND pid <> pg_backend_pid())",
    );
    expect([saved, changed]).toContain(await bed.database.checksum());
    await bed.makeLive('');
  });
});

describe('others at the same time', () => {
  it('a second migration waits, and says for whom', async () => {
    const { run, release } = await startSlow();
    const second = await bed.migrate(release, { 'lock-timeout': '1' });
    expect(second.exitCode).toBe(1);
    expect(second.log).toMatch(/migrate .* by example\/shop#7 .*since/);
    await bed.kill('work');
    await run.ended;
    await expectAsBefore();
  });

  it('commands go to the application, not to the container of the migration', async () => {
    const live = await bed.stage(tables(2));
    const application = await bed.startApplication(live);
    const { run } = await startSlow();
    expect(application.startsWith(await bed.containerOfCommands(live))).toBe(true);
    await bed.kill('work');
    await run.ended;
  });

  it('a busy table stops the migration, and nobody else', async () => {
    const other = bed.holdTable('t1', 60);
    await bed.database.until(
      "SELECT pid FROM pg_locks WHERE relation = 't1'::regclass AND granted",
    );
    const release = await bed.stage([
      ...tables(2),
      { ...slow, up: `sql("ALTER TABLE t1 ADD COLUMN city text")` },
    ]);
    const run = bed.startMigrating(release, {
      'table-lock-timeout': '300',
      'table-lock-attempts': '4',
    });
    let ended = false;
    const answers: string[] = [];
    const ask = async () => {
      while (!ended) {
        answers.push(await bed.database.ask("SET lock_timeout = '5s'; SELECT count(*) FROM t1"));
        await sleep(50);
      }
    };
    const asking = ask();
    const { exitCode, log } = await run.ended;
    ended = true;
    await asking;
    expect(exitCode).toBe(1);
    expect(log).toContain('slow did not get its lock in 4 attempts');
    expect(log).toMatch(
      /kept waiting by session \d+ of busy-report, idle in transaction|kept waiting by session \d+ of busy-report, active/,
    );
    expect(log).toContain('nothing changed: the database is at r002 as before');
    expect(answers.length).toBeGreaterThan(3);
    expect(new Set(answers)).toEqual(new Set(['1000']));
    await other.end();
    await expectAsBefore();
    expect(await bed.migrate(release)).toMatchObject({ exitCode: 0, outputs: { to: 'slow' } });
  });
});

/** Command lines on this machine that have a text in them. */
async function commandLinesWith(text: string): Promise<string[]> {
  const { stdout } = await execa('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(text) && !line.includes('ps -eo'));
}
