import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a command of `docker` where the database is; gives its standard output. */
export type RunDocker = (
  words: readonly string[],
  options?: { readonly input?: string },
) => Promise<string>;

/** The PostgreSQL of a test, asked inside of its container. */
export class Database {
  readonly #docker: RunDocker;
  readonly #project: string;

  constructor(runDocker: RunDocker, project: string) {
    this.#docker = runDocker;
    this.#project = project;
  }

  /** The rows that statements give, columns parted by `|`. */
  async ask(statements: string): Promise<string> {
    const output = await this.#docker(
      ['exec', '--interactive', await this.container(), 'sh', '-c', psql],
      { input: statements },
    );
    return output.trim();
  }

  async container(): Promise<string> {
    const labels = ['com.docker.compose.project', 'com.docker.compose.service'];
    const filters = [`label=${labels[0]}=${this.#project}`, `label=${labels[1]}=postgres`];
    return await this.#docker([
      ...['ps', '--quiet', ...filters.flatMap((filter) => ['--filter', filter])],
    ]);
  }

  /** Where this machine reaches it. */
  async address(): Promise<string> {
    return await this.#docker(['port', await this.container(), '5432/tcp']);
  }

  /** Without tables, as a new one. */
  async empty(): Promise<void> {
    await this.ask('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
  }

  /** Empty, and then as `tables(count)` would leave it, in an instant. */
  async at(count: number): Promise<void> {
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    await this.empty();
    await this.ask(
      [
        'CREATE TABLE alembic_version (version_num varchar(32) CONSTRAINT alembic_version_pkc PRIMARY KEY);',
        ...numbers.map((number) => `CREATE TABLE t${number} (id bigint PRIMARY KEY, note text);`),
        `INSERT INTO alembic_version VALUES ('r${String(count).padStart(3, '0')}');`,
      ].join('\n'),
    );
  }

  /** The revisions that Alembic has recorded, with blanks between; '' for a database that has none. */
  async revision(): Promise<string> {
    if ((await this.ask("SELECT to_regclass('alembic_version')")) === '') return '';
    return await this.ask(
      "SELECT string_agg(version_num, ' ' ORDER BY version_num) FROM alembic_version",
    );
  }

  /** Every row of every table, and what the tables consist of, as one short text. */
  async checksum(): Promise<string> {
    const names = await this.ask(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY 1",
    );
    const rows = names
      .split('\n')
      .filter(Boolean)
      .map(
        (name) =>
          `SELECT '${name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "${name}" t;`,
      );
    const columns =
      "SELECT md5(coalesce(string_agg(table_name || column_name || data_type || is_nullable || coalesce(column_default, ''), '' ORDER BY 1), '')) FROM (SELECT * FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version' ORDER BY table_name, column_name) c;";
    const indexes =
      "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1;";
    return await this.ask([...rows, columns, indexes].join('\n'));
  }

  /** Sessions of migrations, and advisory locks: nothing may be left of either. */
  async leftovers(): Promise<string> {
    for (let waited = 0; ; waited += 100) {
      const found = await this.ask(
        "SELECT pid, state, query FROM pg_stat_activity WHERE application_name LIKE 'azals-%'; SELECT pid FROM pg_locks WHERE locktype = 'advisory';",
      );
      // A session whose client has gone ends a moment later.
      if (found === '' || waited >= 5000) return found;
      await sleep(100);
    }
  }

  /** Waits until a query gives something. */
  async until(query: string): Promise<string> {
    for (let waited = 0; waited < 60_000; waited += 100) {
      const found = await this.ask(query);
      if (found !== '') return found;
      await sleep(100);
    }
    throw new Error(`nothing came in a minute from: ${query}`);
  }
}

const psql =
  'exec psql -XAtq -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "SET statement_timeout = 60000" -f -';
