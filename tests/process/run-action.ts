import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildActions } from '../../scripts/build-actions.ts';

/** What a run of an action left: as the runner sees it. */
export interface ActionRun {
  readonly exitCode: number | undefined;
  /** Standard output and error as one text, with the runner's commands (`::error::...`). */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly state: Readonly<Record<string, string>>;
}

export interface BundledActions extends AsyncDisposable {
  /** Where the runner would keep temporary files. */
  readonly temporaryDirectory: string;
  /** Runs an action's bundle as the runner does: inputs and files in the environment, nothing else. */
  run(action: string, inputs: Inputs, environment?: Environment): Promise<ActionRun>;
  /** Runs its post step. */
  runPost(action: string, state: Environment): Promise<ActionRun>;
}

type Inputs = Readonly<Record<string, string>>;
type Environment = Readonly<Record<string, string>>;

/** Bundles actions as they are now into a directory outside of the repository. */
export async function bundleActions(...names: string[]): Promise<BundledActions> {
  const directory = await mkdtemp(join(tmpdir(), 'actions-'));
  await buildActions(directory, names);
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'runner-'));
  const run = (file: string, environment: Environment) =>
    runBundle(join(directory, file), temporaryDirectory, environment);
  return {
    temporaryDirectory,
    run: (action, inputs, environment = {}) =>
      run(`${action}/dist/index.mjs`, { ...asInputs(inputs), ...environment }),
    runPost: (action, state) =>
      run(
        `${action}/dist/post.mjs`,
        Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value])),
      ),
    [Symbol.asyncDispose]: async () => {
      await rm(directory, { recursive: true, force: true });
      await rm(temporaryDirectory, { recursive: true, force: true });
    },
  };
}

async function runBundle(
  bundle: string,
  temporaryDirectory: string,
  environment: Environment,
): Promise<ActionRun> {
  const files = await mkdtemp(join(tmpdir(), 'files-'));
  const file = (name: string) => join(files, name);
  for (const name of ['output', 'state', 'summary']) await writeFile(file(name), '');
  const { exitCode, all } = await execa(process.execPath, [bundle], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RUNNER_TEMP: temporaryDirectory,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STATE: file('state'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'azals/azals',
      GITHUB_RUN_ID: '7',
      GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
      GITHUB_REF: 'refs/heads/develop',
      GITHUB_ACTOR: 'camille',
      ...environment,
    },
    extendEnv: false,
    reject: false,
    all: true,
    timeout: 60_000,
  });
  const run = {
    exitCode,
    log: all,
    outputs: commandFile(await readFile(file('output'), 'utf8')),
    summary: await readFile(file('summary'), 'utf8'),
    state: commandFile(await readFile(file('state'), 'utf8')),
  };
  await rm(files, { recursive: true, force: true });
  return run;
}

function asInputs(inputs: Inputs): Environment {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

/** Reads `name<<delimiter`, value, delimiter: what the runner's command files hold. */
function commandFile(text: string): Record<string, string> {
  const entries = [...text.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n?\2$/gm)];
  return Object.fromEntries(entries.map(([, name = '', , value = '']) => [name, value]));
}
