import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../../src/project/project.ts';
import { type PublishedPort, publishedPorts } from '../../../src/project/published-ports.ts';
import { UserError } from '../../terminal/errors.ts';
import { cached } from '../machine/cache.ts';
import { repositoryName } from './repository-name.ts';

/** One local run's surroundings: their compose project, ports on this machine, and state. */
export interface Instance {
  readonly name: string;
  readonly project: Project;
  /** The repository as GitHub would call it: `owner/name`. */
  readonly repository: string;
  /** State that outlives a run: keys, secrets, the checked-out commit, logs. */
  readonly directory: string;
  /** Added to every port, so that two instances can exist side by side. */
  readonly offset: number;
  readonly ports: Readonly<
    Record<'ssh' | 'registry' | 'hub' | 'slack' | 'github' | 'http', number>
  >;
  readonly stagingUrl: string;
  /** What the stack publishes on the staging server. */
  readonly stagingPorts: readonly PublishedPort[];
  /** The port on which the staging server answers everybody. */
  readonly publicPort: number;
}

/** `local` is the one of `start`; `test` is the tests' own. */
export type InstanceName = 'local' | 'test';

const offsets = { local: 0, test: 10_000 } as const;
const slots = 10;

/** The instance of a repository: each clone has its own, so that two never meet. Throws `UserError` where all are taken. */
export async function openInstance(
  project: Project,
  name: InstanceName = 'local',
): Promise<Instance> {
  const slot = await slotOf(project.root);
  return instanceIn(slot, project, await repositoryName(project), name);
}

/** The instance of a repository that has one; looking takes no number. */
export async function findInstance(
  project: Project,
  name: InstanceName = 'local',
): Promise<Instance | undefined> {
  const slot = (await owners()).indexOf(project.root);
  return slot < 0 ? undefined : instanceIn(slot, project, await repositoryName(project), name);
}

/** What an instance is, by the number of its clone on this machine. */
export function instanceIn(
  slot: number,
  project: Project,
  repository: string,
  name: InstanceName,
): Instance {
  const offset = offsets[name] + slot * 100;
  const stagingPorts = publishedPorts(project.services);
  const publicPort = portOf(project, stagingPorts);
  const ports = {
    ssh: 2222 + offset,
    registry: 5000 + offset,
    hub: 5050 + offset,
    slack: 8091 + offset,
    github: 8092 + offset,
    http: publicPort + offset,
  };
  return {
    name: `staging-pipeline-${slot}-${name}`,
    project,
    repository,
    directory: join(slotDirectory(slot), name),
    offset,
    ports,
    stagingUrl: `http://localhost:${ports.http}`,
    stagingPorts,
    publicPort,
  };
}

/** Ends what says that a clone has a number. */
export async function forgetClone({ directory }: Instance): Promise<void> {
  const slot = join(directory, '..');
  const left = await readdir(slot).catch(() => []);
  if (left.every((each) => each === 'clone')) await rm(slot, { recursive: true, force: true });
}

/** The number of a clone: the one that it has, or the first that is free. */
async function slotOf(root: string): Promise<number> {
  const clones = await owners();
  const own = clones.indexOf(root);
  if (own >= 0) return own;
  // A clone that is gone needs none.
  const free = clones.findIndex((owner) => owner === undefined || !existsSync(owner));
  if (free < 0)
    throw new UserError(
      `${slots} clones have a staging server on this machine: stop one in its folder (npm run stop). They are:\n${clones.join('\n')}`,
    );
  // What the one before it has left is removed by the set-up of an instance without secrets.
  await rm(join(slotDirectory(free), 'local/secrets.json'), { force: true });
  await rm(join(slotDirectory(free), 'test/secrets.json'), { force: true });
  await mkdir(slotDirectory(free), { recursive: true });
  await writeFile(join(slotDirectory(free), 'clone'), `${root}\n`);
  return free;
}

/** The clones by their numbers. */
async function owners(): Promise<readonly (string | undefined)[]> {
  return await Promise.all(Array.from({ length: slots }, (_, slot) => ownerOf(slot)));
}

async function ownerOf(slot: number): Promise<string | undefined> {
  const file = join(slotDirectory(slot), 'clone');
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
}

function slotDirectory(slot: number): string {
  return cached('instances', String(slot));
}

function portOf({ proxy, composeFile }: Project, ports: readonly PublishedPort[]): number {
  const open = ports.filter((each) => each.service === proxy && !each.private);
  const [only, ...others] = open;
  if (only && others.length === 0) return only.port;
  throw new UserError(
    `${composeFile}: the service ${proxy} has to publish one port to everybody; it publishes ${open.length}.`,
  );
}
