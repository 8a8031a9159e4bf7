import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../src/project/project.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { makeGenerated } from '../build/generated-files.ts';
import type { Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { step } from '../terminal/progress.ts';
import { type BaseImages, ensureBaseImages } from './base-images/ensure-images.ts';
import { type ImageSources, stackImages } from './base-images/wanted-images.ts';
import { canInstallPackages, ensureCommands, isCommand } from './machine/debian-packages.ts';
import {
  type Engine,
  ensureEngine,
  machineEngine,
  minimum,
  runningPrivateEngine,
} from './machine/engine.ts';
import { ensureAct, ensureTrivy } from './machine/tools.ts';
import { workflowOf } from './run/pipeline.ts';
import type { Instance } from './surroundings/instance.ts';
import { ensureSecrets, type Secrets } from './surroundings/secrets.ts';
import { writeServerFiles } from './surroundings/server-files.ts';
import { removeSurroundings, startSurroundings } from './surroundings/surroundings.ts';

const commands = { git: 'git', ssh: 'openssh-client', tar: 'tar' };

/** A machine on which the pipeline can run. */
export interface Machine {
  readonly engine: Engine;
  readonly act: string;
  readonly images: BaseImages;
}

/** Where a project names the public images it takes. */
export async function imageSources(project: Project): Promise<ImageSources> {
  const { root, composeFile, images } = project;
  return {
    root,
    dockerfiles: Object.values(images).map(({ dockerfile }) => ({ path: dockerfile })),
    services: await stackImages(root, composeFile, Object.keys(images)),
    workflows: [workflowOf(project)],
  };
}

/** Sets up what is missing on this machine for the local run, and nothing that is there. */
export async function setUpMachine(project: Project): Promise<Machine> {
  if (!(await canInstallPackages())) await nameWhatIsMissing();
  await step('Command-line tools', async ({ note }) => {
    const installed = await ensureCommands(commands);
    note(installed.length > 0 ? `installed ${installed.join(', ')}` : 'there');
  });
  // The compiler is busy for minutes while the images wait for the network.
  const [{ engine, images }, act] = await Promise.all([ensureImages(project), ensureTools()]);
  return { engine, act, images };
}

/** Where nothing can be installed: everything that is missing in one error, rather than one after the other. */
async function nameWhatIsMissing(): Promise<void> {
  const missing: string[] = [];
  for (const [command, name] of Object.entries(commands))
    if (!(await isCommand(command))) missing.push(name);
  if (!(await isCommand('go'))) missing.push('Go 1.21 or newer');
  if (!(await machineEngine()) && !(await runningPrivateEngine()))
    missing.push(
      `Docker Engine ${minimum.engine} or newer, running, with Compose ${minimum.compose.join('.')} or newer and buildx`,
    );
  if (missing.length > 0)
    throw new UserError(
      `Without root and apt nothing can be installed here. Install:\n${missing.map((each) => `  - ${each}`).join('\n')}`,
    );
}

async function ensureImages(project: Project): Promise<Pick<Machine, 'engine' | 'images'>> {
  const engine = await ensureEngine();
  return { engine, images: await ensureBaseImages(engine, await imageSources(project)) };
}

async function ensureTools(): Promise<string> {
  const act = await ensureAct();
  await ensureTrivy();
  return act;
}

/** Writes what is generated in a repository, such as its compiled workflows. */
export async function writeGenerated(
  repository: Repository,
  workflows: readonly CompiledWorkflow[],
): Promise<void> {
  await step('Workflows compiled', async ({ note }) => {
    const changed = await makeGenerated(repository, workflows);
    note(changed.length === 0 ? 'unchanged' : changed.map(({ path }) => path).join(', '));
  });
}

/** An instance whose surroundings are up. */
export interface Surroundings {
  readonly secrets: Secrets;
  readonly knownHosts: string;
}

/** Removes what an earlier run of an instance left, the database included. */
export async function removeEarlierRun(instance: Instance, { engine }: Machine): Promise<void> {
  await ensureSecrets(instance);
  await removeSurroundings(instance, engine);
  await rm(instance.directory, { recursive: true, force: true });
}

/** Whether there are secrets of an earlier run: without them nothing that it left can be used. */
export function hasEarlierRun({ directory }: Instance): boolean {
  return existsSync(join(directory, 'secrets.json'));
}

/** Starts an instance's surroundings. */
export async function setUpSurroundings(
  instance: Instance,
  machine: Machine,
): Promise<Surroundings> {
  const secrets = await ensureSecrets(instance);
  const knownHosts = await startSurroundings(instance, machine.engine, machine.images);
  await writeServerFiles(instance, secrets);
  return { secrets, knownHosts };
}
