import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildActions } from '../build-actions.ts';
import { UserError } from '../errors.ts';
import { buildWorkflows } from '../workflows.ts';
import { ensureBaseImages } from './base-images.ts';
import { canInstallPackages, ensureCommands, isCommand } from './debian-packages.ts';
import {
  type Engine,
  ensureEngine,
  machineEngine,
  minimum,
  runningPrivateEngine,
} from './engine.ts';
import type { Instance } from './instance.ts';
import { step } from './progress.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';
import { installRateLimitKey } from './staging-host.ts';
import { removeSurroundings, startSurroundings } from './surroundings.ts';
import { ensureAct, ensureTrivy } from './tools.ts';

const commands = { git: 'git', ssh: 'openssh-client', tar: 'tar' };

/** A machine on which the pipeline can run. */
export interface Machine {
  readonly engine: Engine;
  readonly act: string;
  /** Public images that can be neither pulled nor built here. */
  readonly unavailable: readonly string[];
}

/** Sets up what is missing on this machine for the local run, and nothing that is there. */
export async function setUpMachine(): Promise<Machine> {
  if (!(await canInstallPackages())) await nameWhatIsMissing();
  await step('Command-line tools', async ({ note }) => {
    const installed = await ensureCommands(commands);
    note(installed.length > 0 ? `installed ${installed.join(', ')}` : 'there');
  });
  // The compiler is busy for minutes while the images wait for the network.
  const [{ engine, unavailable }, act] = await Promise.all([ensureImages(), ensureTools()]);
  return { engine, act, unavailable };
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

async function ensureImages(): Promise<Pick<Machine, 'engine' | 'unavailable'>> {
  const engine = await ensureEngine();
  return { engine, unavailable: await ensureBaseImages(engine) };
}

async function ensureTools(): Promise<string> {
  const act = await ensureAct();
  await ensureTrivy();
  return act;
}

/** Compiles the workflows and bundles the actions of this clone. */
export async function compile(): Promise<void> {
  await step('Workflows compiled, actions bundled', async ({ note }) => {
    const workflows = await buildWorkflows();
    const actions = await buildActions();
    note(`${workflows.length} and ${actions.length}`);
  });
}

/** An instance whose surroundings are up. */
export interface Surroundings {
  readonly secrets: Secrets;
  readonly knownHosts: string;
}

/** Starts an instance's surroundings; `fresh` removes what an earlier run left, the database included. */
export async function setUpSurroundings(
  instance: Instance,
  machine: Machine,
  fresh: boolean,
): Promise<Surroundings> {
  const secretsOfEarlierRun = existsSync(join(instance.directory, 'secrets.json'));
  if (fresh || !secretsOfEarlierRun) {
    await ensureSecrets(instance);
    await removeSurroundings(instance, machine.engine);
    await rm(instance.directory, { recursive: true, force: true });
  }
  const secrets = await ensureSecrets(instance);
  const knownHosts = await startSurroundings(instance, machine.engine, machine.unavailable);
  await installRateLimitKey(instance, secrets.rateLimitKey);
  return { secrets, knownHosts };
}
