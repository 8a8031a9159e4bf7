import type { Service } from '../typed/job.ts';

interface Database {
  /** The image that staging runs, so that both change together. */
  readonly image: string;
  /** Name of the user, its password and the database alike. */
  readonly name: string;
  /** The port on the runner, which may have a PostgreSQL of its own on the usual one. */
  readonly port: number;
}

const often = '--health-interval 2s --health-timeout 5s --health-retries 30';

/** A PostgreSQL for tests. */
export function postgresService({ image, name, port }: Database): Service {
  return {
    image,
    env: { POSTGRES_USER: name, POSTGRES_PASSWORD: name, POSTGRES_DB: name },
    ports: [`${port}:5432`],
    options: `--health-cmd "pg_isready -h 127.0.0.1 -U ${name}" ${often}`,
  };
}

/** A Redis for tests. */
export function redisService({ image, port }: Omit<Database, 'name'>): Service {
  return { image, ports: [`${port}:6379`], options: `--health-cmd "redis-cli ping" ${often}` };
}
