import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { Project } from '../../../src/project/project.ts';
import type { Suite } from '../../../src/project/suites.ts';
import { UserError } from '../../terminal/errors.ts';
import type { Instance } from '../surroundings/instance.ts';
import type { Secrets } from '../surroundings/secrets.ts';
import { ensureSuiteNeeds, suiteCommands } from './suite-needs.ts';

export interface SuiteRun {
  readonly name: string;
  readonly project: Project;
  /** The staging of this machine, whose secrets are known; undefined where there is none. */
  readonly instance: Instance | undefined;
  /** The address of another staging; what the suite signs in with then comes from this process's environment. */
  readonly url?: string | undefined;
  /** Passed on to the suite's command. */
  readonly args?: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs a suite against a staging that is up and returns its exit code; its output goes to this process's. Throws
 * `UserError` where there is no staging on this machine, or the suite has written no report.
 */
export async function runSuite(run: SuiteRun): Promise<number> {
  const { root, suites } = run.project;
  const suite = suiteOf(suites, run.name);
  const own = run.instance;
  const url = (run.url ?? own?.stagingUrl ?? noStaging()).replace(/\/+$/, '');
  const secrets = own && url === own.stagingUrl ? await suiteSecrets(own) : {};
  await ensureSuiteNeeds(root, suite);
  const report = join(root, suite.report);
  await rm(report, { force: true });
  const [command, ...args] = suiteCommand(suite, url);
  const result = await execa(command, [...args, ...(run.args ?? [])], {
    cwd: join(root, suite.folder),
    env: { ...secrets, ...process.env, STAGING_URL: url, PATH: suitePath() },
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    cancelSignal: run.signal,
  });
  if (result.exitCode === undefined)
    throw new UserError(`${command} did not end by itself: ${result.shortMessage}`);
  if (result.exitCode === 0 && !existsSync(report))
    throw new UserError(`The suite ${run.name} has written no ${suite.report}: it has not run.`);
  return result.exitCode;
}

/** The command of a suite, as the guide writes it. */
export function suiteCommand({ command }: Suite, url: string): [string, ...string[]] {
  const [file, ...args] = command;
  return [file, ...args.map((each) => each.replace('{url}', url))];
}

/** Writes a file for a shell, 0600, after which the guide's commands work as they are; returns its path. */
export async function writeSuiteEnvironment(instance: Instance): Promise<string> {
  const file = join(instance.directory, 'suites.env');
  const values = { ...(await suiteSecrets(instance)), STAGING_URL: instance.stagingUrl };
  const lines = Object.entries(values).map(([name, value]) => `export ${name}='${value}'`);
  const path = `export PATH='${suiteCommands.join(delimiter)}'${delimiter}"$PATH"`;
  await writeFile(file, `${[...lines, path].join('\n')}\n`, { mode: 0o600 });
  return file;
}

async function suiteSecrets(instance: Instance): Promise<Readonly<Record<string, string>>> {
  const file = join(instance.directory, 'secrets.json');
  if (!existsSync(file)) noStaging();
  const { passwords }: Pick<Secrets, 'passwords'> = JSON.parse(await readFile(file, 'utf8'));
  return passwords;
}

function noStaging(): never {
  throw new UserError(
    'There is no staging on this machine: start one with `npm start`, or name another with --base-url.',
  );
}

function suiteOf(suites: Readonly<Record<string, Suite>>, name: string): Suite {
  const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (suite) return suite;
  throw new UserError(
    `The settings have no suite ${name}; they have: ${Object.keys(suites).join(', ') || 'none'}.`,
  );
}

function suitePath(): string {
  return [...suiteCommands, process.env.PATH ?? ''].join(delimiter);
}
