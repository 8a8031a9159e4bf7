import { readDriver } from '../../../actions/run-migrations/src/driver.ts';
import { driverPayload } from '../../../actions/run-migrations/src/host.ts';
import { remoteCommandLine } from '../../../actions/shared/src/ssh/remote-command.ts';
import { type ExecutorClient, type RunningCommand, succeeded } from '../executor-client.ts';
import type { Release } from '../release-archive.ts';
import { baseDirectory, type StagingServer } from '../staging-server.ts';
import { Database } from './database.ts';
import { lastRevision } from './stack.ts';

/** The database of a staging server whose releases bring a migration (see stack.ts). */
export class FaultDatabase {
  readonly #server: StagingServer;
  readonly #database: Database;
  /** Checksums of the states that a case may end in, by what they are. */
  readonly #states = new Map<string, 'before' | 'changed' | 'migrated'>();

  constructor(server: StagingServer) {
    this.#server = server;
    this.#database = new Database(
      (words, options) => server.onHost(remoteCommandLine(['docker', ...words]), options),
      'azals-staging',
    );
  }

  /** Has it as it is before the last migration. */
  async reset(): Promise<void> {
    await this.#database.at(2);
    await this.#database.ask("INSERT INTO t1 SELECT i, 'note' FROM generate_series(1, 1000) i");
    this.#states.set(await this.#state(), 'before');
  }

  /** Changes rows, so that a backup of before can be told from it. */
  async change(): Promise<void> {
    await this.#database.ask('UPDATE t1 SET note = NULL');
    this.#states.set(await this.#state(), 'changed');
  }

  /** Migrates with a release, as run-migrations does: from where the database is, unless another revision is given. */
  async startMigrating(
    client: ExecutorClient,
    release: Release,
    from?: string,
  ): Promise<RunningCommand> {
    const options = { from: from ?? (await this.revision()), service: 'api' };
    const payload = driverPayload(await readDriver());
    return await client.start('migrate', { release: release.id, ...options }, payload);
  }

  /** Migrates with the live release, to know the state that leads to. */
  async learnMigrated(client: ExecutorClient, live: Release): Promise<void> {
    await this.reset();
    succeeded(await (await this.startMigrating(client, live)).done);
    this.#states.set(await this.#state(), 'migrated');
  }

  /** Which of the known states it is in; throws where it is in none, or somebody still works in it. */
  async whole(): Promise<'before' | 'changed' | 'migrated'> {
    const leftovers = await this.#database.leftovers();
    if (leftovers !== '')
      throw new Error(`Sessions or locks are left in the database:\n${leftovers}`);
    const found = await this.#state();
    const name = this.#states.get(found);
    if (name === undefined) throw new Error(`The database is in a state of its own:\n${found}`);
    return name;
  }

  /** Throws where the migration is not there in the end, or half a backup is. */
  async expectWholeAfterDeploy(): Promise<void> {
    const revision = await this.#database.revision();
    if (revision !== lastRevision.id || (await this.#database.leftovers()) !== '')
      throw new Error(`After the next deploy the database is at ${revision}`);
    const partial = await this.#server.onHost(
      `find ${baseDirectory}/shared/backups -name '*.partial'`,
    );
    if (partial !== '') throw new Error(`Half a backup is left: ${partial}`);
  }

  /** Where it is; `base` where it is empty, or no deploy has started it yet. */
  async revision(): Promise<string> {
    if ((await this.#database.container()) === '') return 'base';
    return (await this.#database.revision()) || 'base';
  }

  async #state(): Promise<string> {
    return `${await this.#database.revision()}\n${await this.#database.checksum()}`;
  }
}
