import { existsSync } from 'node:fs';
import { docker, type Engine } from '../../../scripts/local/machine/engine.ts';
import { apiImage } from './application.ts';

const prefix = 'mig-';

/** Names the Compose project of this process, by which the next one knows whether it is gone. */
export function newProjectName(): string {
  return `${prefix}${process.pid}`;
}

/** What a release of the bed consists of: PostgreSQL, and the API that does nothing but wait. */
export function composeFile({
  project,
  release,
  application,
  postgres,
}: {
  readonly project: string;
  readonly release: string;
  /** The folder of the application. */
  readonly application: string;
  /** The image of PostgreSQL. */
  readonly postgres: string;
}): string {
  return `name: ${project}
services:
  postgres:
    image: ${postgres}
    command: [postgres, -c, fsync=off]
    env_file: .env.staging
    ports: ["127.0.0.1:\${DATABASE_PORT:-}:5432"]
    healthcheck:
      test: [CMD-SHELL, 'pg_isready -q -h 127.0.0.1 -U "$$POSTGRES_USER" -d "$$POSTGRES_DB"']
      interval: 1s
      retries: 60
  api:
    image: ${apiImage}
    entrypoint: [python, -c, "import time; time.sleep(3600)"]
    init: true
    env_file: .env.staging
    labels: { staging-pipeline.release: ${release} }
    volumes: ["${application}:/app:ro"]
    stop_grace_period: 1s
    healthcheck: { disable: true }
`;
}

/** Removes what test processes that are gone have left. */
export async function removeLeftovers(engine: Engine): Promise<void> {
  const format = '{{.Label "com.docker.compose.project"}}';
  const projects = await docker(engine, ['ps', '--all', '--format', format]);
  for (const project of new Set(projects.split('\n'))) {
    const pid = project.startsWith(prefix) ? project.slice(prefix.length) : '';
    if (!/^\d+$/.test(pid) || existsSync(`/proc/${pid}`)) continue;
    // Another bed that starts may be removing it too; what stays is in nobody's way.
    await removeProject(engine, project).catch(() => {});
  }
}

/** Removes all that a project has on the engine. */
export async function removeProject(engine: Engine, project: string): Promise<void> {
  const filter = ['--filter', `label=com.docker.compose.project=${project}`];
  // What keeps images for a rollback is no part of the Compose project.
  const keepers = ['--filter', `name=^staging-pipeline-${project}-kept`];
  for (const which of [filter, keepers]) {
    const containers = await docker(engine, ['ps', '--all', '--quiet', ...which]);
    if (containers !== '')
      await docker(engine, ['rm', '--force', '--volumes', ...containers.split('\n')]);
  }
  const networks = await docker(engine, ['network', 'ls', '--quiet', ...filter]);
  if (networks !== '') await docker(engine, ['network', 'rm', ...networks.split('\n')]);
}
