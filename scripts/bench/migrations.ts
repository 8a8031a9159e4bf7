import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { readDriver } from '../../actions/run-migrations/src/driver.ts';
import { type MigrationBed, password, startBed } from '../../tests/host/migrations/bed.ts';
import { pythonWithRequirements } from '../../tests/host/migrations/python-environment.ts';
import { tables } from '../../tests/host/migrations/revisions.ts';
import { type Bench, median, type Row, target } from './bench.ts';

/** How many revisions there are to be applied. */
const amounts = { 'nothing to do': 0, 'ten revisions': 10 } as const;

interface Way {
  readonly name: string;
  run(application: string): Promise<void>;
}

/** What a safe migration costs beside `alembic upgrade head`, on the same database and in the same rounds. */
export const benchMigrations: Bench = async ({ signal, rounds = 7 }) => {
  await using bed = await startBed();
  await bed.start();
  const ways = await waysOf(bed, signal);
  const rows: Row[] = [];
  const ratios = new Map<string, number>();
  for (const [amount, count] of Object.entries(amounts)) {
    const application = await bed.application(tables(5 + count));
    const times = await measure(bed, ways, application, rounds);
    const [plain = []] = times;
    for (const [index, { name }] of ways.entries()) {
      const own = times[index] ?? [];
      const ratio = median(own.map((time, round) => time / (plain[round] ?? Number.NaN)));
      ratios.set(`${name}, ${amount}`, ratio);
      rows.push({
        name: `${name}, ${amount}`,
        values: { 'time (ms)': median(own), 'time (× alembic)': ratio },
      });
    }
  }
  const judged = Object.keys(amounts).map((amount) =>
    target(`driver, ${amount} (× alembic)`, ratios.get(`driver, ${amount}`) ?? Number.NaN, 2),
  );
  return {
    title: 'A migration',
    method: `Median of ${rounds} rounds, each of all rows in turn, on a database of 5 revisions; the ratio is that of each round.`,
    rows,
    targets: judged,
  };
};

async function waysOf(bed: MigrationBed, signal: AbortSignal): Promise<Way[]> {
  const python = await pythonWithRequirements();
  const driver = await readDriver();
  const address = await bed.database.address();
  const url = `postgresql+psycopg://azals:${encodeURIComponent(password)}@${address}/azals`;
  const start = (words: readonly string[], cwd: string, input = '') =>
    execa(python, words, { cwd, input, env: { DATABASE_URL: url }, cancelSignal: signal });
  const action = async (application: string, backup: 'true' | 'false') => {
    const { exitCode, log } = await bed.migrateDirectly({
      'database-url': url,
      'working-directory': application,
      python,
      backup,
    });
    if (exitCode !== 0) throw new Error(log);
  };
  return [
    {
      name: 'alembic upgrade head',
      async run(application) {
        await start(['-m', 'alembic', 'upgrade', 'head'], application);
      },
    },
    {
      name: 'driver',
      async run(application) {
        await start(['-', 'apply'], application, driver);
      },
    },
    { name: 'action without backup', run: (application) => action(application, 'false') },
    { name: 'action', run: (application) => action(application, 'true') },
  ];
}

/** Milliseconds of each way, by round; all see the same database. */
async function measure(
  bed: MigrationBed,
  ways: readonly Way[],
  application: string,
  rounds: number,
): Promise<number[][]> {
  const times: number[][] = ways.map(() => []);
  // The first round reads files that the others find in memory.
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) {
      await bed.database.at(5);
      const began = performance.now();
      await way.run(application);
      if (round >= 0) times[index]?.push(performance.now() - began);
    }
  }
  return times;
}
