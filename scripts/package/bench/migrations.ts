import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { readDriver } from '../../../actions/run-migrations/src/driver.ts';
import { type MigrationBed, password, startBed } from '../../../tests/host/migrations/bed.ts';
import { pythonWithRequirements } from '../../../tests/host/migrations/python-environment.ts';
import { tables } from '../../../tests/host/migrations/revisions.ts';
import type { ActionRun } from '../../../tests/process/run-action.ts';
import { type Bench, median, type Row, target } from './bench.ts';

/** How many revisions there are to be applied. */
const amounts = { 'nothing to do': 0, 'ten revisions': 10 } as const;

/** An application with revisions to come, for who reaches the database directly and for the host. */
interface Prepared {
  readonly application: string;
  readonly release: string;
}

/** A way to migrate, and the one without safety that it is compared with. */
interface Way {
  readonly name: string;
  readonly plain: boolean;
  run(prepared: Prepared): Promise<void>;
}

/** What a safe migration costs beside plain Alembic, on the same database and in the same rounds. */
export const benchMigrations: Bench = async ({ signal, rounds = 7 }) => {
  await using bed = await startBed();
  await bed.start();
  const ways = await waysOf(bed, signal);
  const rows: Row[] = [];
  for (const [amount, count] of Object.entries(amounts)) {
    const revisions = tables(5 + count);
    const prepared = {
      application: await bed.application(revisions),
      release: await bed.stage(revisions),
    };
    const times = await measure(bed, ways, prepared, rounds);
    let plain: readonly number[] = [];
    for (const [index, way] of ways.entries()) {
      const own = times[index] ?? [];
      if (way.plain) plain = own;
      const ratios = own.map((time, round) => time / (plain[round] ?? Number.NaN));
      rows.push({
        name: `${way.name}, ${amount}`,
        values: { 'time (ms)': median(own), 'time (× plain)': median(ratios) },
      });
    }
  }
  const ratio = (name: string) =>
    rows.find((row) => row.name === name)?.values['time (× plain)'] ?? Number.NaN;
  return {
    title: 'A migration',
    method:
      `Median of ${rounds} rounds, each of all rows in turn, on a database of 5 revisions; the ratio is that of each ` +
      'round, to plain Alembic on the same side of the connection.',
    rows,
    targets: [
      target('driver (× plain), nothing to do', ratio('here: driver, nothing to do'), 1.5),
      target('driver (× plain), ten revisions', ratio('here: driver, ten revisions'), 2),
      target('on the host (× plain), nothing to do', ratio('host: action, nothing to do'), 2),
      target('on the host (× plain), ten revisions', ratio('host: action, ten revisions'), 5),
    ],
  };
};

async function waysOf(bed: MigrationBed, signal: AbortSignal): Promise<Way[]> {
  const python = await pythonWithRequirements();
  const driver = await readDriver();
  const address = await bed.database.address();
  const url = `postgresql+psycopg://north:${encodeURIComponent(password)}@${address}/north`;
  const start = (words: readonly string[], cwd: string, input = '') =>
    execa(python, words, { cwd, input, env: { DATABASE_URL: url }, cancelSignal: signal });
  const direct = async (application: string, backup: 'true' | 'false') =>
    check(
      await bed.migrateDirectly({
        'database-url': url,
        'working-directory': application,
        python,
        backup,
      }),
    );
  return [
    {
      name: 'here: alembic upgrade head',
      plain: true,
      async run({ application }) {
        await start(['-m', 'alembic', 'upgrade', 'head'], application);
      },
    },
    {
      name: 'here: driver',
      plain: false,
      async run({ application }) {
        await start(['-', 'apply'], application, driver);
      },
    },
    {
      name: 'here: action without backup',
      plain: false,
      run: ({ application }) => direct(application, 'false'),
    },
    {
      name: 'here: action',
      plain: false,
      run: ({ application }) => direct(application, 'true'),
    },
    {
      name: 'host: docker compose run alembic',
      plain: true,
      run: ({ release }) => bed.runAlembic(release, 'upgrade', 'head'),
    },
    {
      name: 'host: action without backup',
      plain: false,
      run: async ({ release }) => check(await bed.migrate(release, { backup: 'false' })),
    },
    {
      name: 'host: action',
      plain: false,
      run: async ({ release }) => check(await bed.migrate(release)),
    },
  ];
}

function check({ exitCode, log }: ActionRun): void {
  if (exitCode !== 0) throw new Error(log);
}

/** Milliseconds of each way, by round; all see the same database. */
async function measure(
  bed: MigrationBed,
  ways: readonly Way[],
  prepared: Prepared,
  rounds: number,
): Promise<number[][]> {
  const times: number[][] = ways.map(() => []);
  // The first round reads files that the others find in memory.
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) {
      await bed.database.at(5);
      const began = performance.now();
      await way.run(prepared);
      if (round >= 0) times[index]?.push(performance.now() - began);
    }
  }
  return times;
}
