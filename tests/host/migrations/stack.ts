import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { docker, type Engine } from '../../../scripts/local/machine/engine.ts';
import { plainStack, type Stack } from '../application.ts';
import { apiImage, buildApiImage, writeApplication } from './application.ts';
import { type Revision, tables } from './revisions.ts';

const base = 'azals-test/application-with-migrations';

/** The last of the migrations: makes a table that is large enough to need room on the disk. */
export const lastRevision: Revision = {
  id: 'r003',
  after: 'r002',
  up: `sql("CREATE TABLE t3 AS SELECT i AS id, repeat('note', 100) AS note FROM generate_series(1, 10000) i")`,
  down: `sql("DROP TABLE t3")`,
};

const postgres = {
  image: 'postgres:15-alpine',
  env_file: '.env.staging',
  restart: 'always',
  volumes: ['postgres_data:/var/lib/postgresql/data'],
  stop_signal: 'SIGINT',
  healthcheck: {
    test: ['CMD-SHELL', 'pg_isready -q -h 127.0.0.1 -U "$$POSTGRES_USER" -d "$$POSTGRES_DB"'],
    interval: '5s',
    start_interval: '1s',
    start_period: '60s',
  },
};

/** The plain stack with PostgreSQL, and with three migrations in each version of the API. */
export async function stackWithDatabase(engine: Engine): Promise<Stack> {
  await buildApiImage(engine);
  const folder = await mkdtemp(join(tmpdir(), 'migrating-'));
  try {
    await writeApplication(folder, [...tables(2), lastRevision]);
    const build = ['buildx', 'build', '--quiet', '--load', '--tag', base, '--file', '-', folder];
    await docker(engine, build, { input: `FROM ${apiImage}\nWORKDIR /application\nCOPY . .\n` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    base,
    images: [...plainStack.images, postgres.image],
    change: (path, text) => (path === 'docker-compose.staging.yml' ? withDatabase(text) : text),
    environment: `${plainStack.environment}POSTGRES_USER=azals\nPOSTGRES_PASSWORD=pass\nPOSTGRES_DB=azals\nDATABASE_URL=postgresql+psycopg://azals:pass@postgres:5432/azals\n`,
  };
}

function withDatabase(compose: string): string {
  const document = parseDocument(compose);
  document.setIn(['services', 'postgres'], postgres);
  document.setIn(['services', 'api', 'depends_on', 'postgres'], { condition: 'service_healthy' });
  document.set('volumes', { postgres_data: {} });
  return document.toString({ lineWidth: 0 });
}
