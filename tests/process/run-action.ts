import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildActions } from '../../scripts/package/build-actions.ts';

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
  /**
   * Runs an action's bundle as the runner does: inputs and files in the environment, nothing else. `inside` is a
   * command that starts it elsewhere.
   */
  run(
    action: string,
    inputs: Inputs,
    environment?: Environment,
    inside?: readonly string[],
  ): Promise<ActionRun>;
  /** Starts the same, for a test that ends it. */
  start: (...given: Parameters<BundledActions['run']>) => StartedAction;
  /** Runs its post step, which gets the inputs of the step too. */
  runPost(action: string, state: Environment, inputs?: Inputs): Promise<ActionRun>;
  /** Puts another text in the place of a file of the bundle. */
  replace(action: string, file: string, text: string): Promise<void>;
}

export interface StartedAction {
  readonly ended: Promise<ActionRun>;
  kill(signal: NodeJS.Signals): void;
}

type Inputs = Readonly<Record<string, string>>;
type Environment = Readonly<Record<string, string>>;

/** Bundles actions as they are now into a directory outside of the repository. */
export async function bundleActions(...names: string[]): Promise<BundledActions> {
  const directory = await mkdtemp(join(tmpdir(), 'actions-'));
  await buildActions(directory, names);
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'runner-'));
  const start = (file: string, environment: Environment, inside: readonly string[] = []) => {
    const command = [...inside, process.execPath, join(directory, file)];
    return startBundle(command, temporaryDirectory, environment);
  };
  const startMain: BundledActions['start'] = (action, inputs, environment = {}, inside = []) =>
    start(`${action}/dist/index.mjs`, { ...asInputs(inputs), ...environment }, inside);
  return {
    temporaryDirectory,
    run: (...arguments_) => startMain(...arguments_).ended,
    start: startMain,
    runPost: (action, state, inputs = {}) => {
      const saved = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
      const environment = { ...asInputs(inputs), ...Object.fromEntries(saved) };
      return start(`${action}/dist/post.mjs`, environment).ended;
    },
    replace: (action, file, text) => writeFile(join(directory, action, 'dist', file), text),
    [Symbol.asyncDispose]: async () => {
      await rm(directory, { recursive: true, force: true });
      await rm(temporaryDirectory, { recursive: true, force: true });
    },
  };
}

function startBundle(
  [program = '', ...words]: readonly string[],
  temporaryDirectory: string,
  environment: Environment,
): StartedAction {
  const files = mkdtempSync(join(tmpdir(), 'files-'));
  const file = (name: string) => join(files, name);
  for (const name of ['output', 'state', 'summary']) writeFileSync(file(name), '');
  const running = execa(program, words, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      RUNNER_TEMP: temporaryDirectory,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STATE: file('state'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'example/shop',
      GITHUB_RUN_ID: '7',
      GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
      GITHUB_REF: 'refs/heads/develop',
      GITHUB_ACTOR: 'camille',
      ...environment,
    },
    extendEnv: false,
    reject: false,
    all: true,
    // A deploy may wait for what another run has left provisional.
    timeout: 300_000,
  });
  const collect = async (): Promise<ActionRun> => {
    const { exitCode, all } = await running;
    const run = {
      exitCode,
      log: all,
      outputs: commandFile(await readFile(file('output'), 'utf8')),
      summary: await readFile(file('summary'), 'utf8'),
      state: commandFile(await readFile(file('state'), 'utf8')),
    };
    await rm(files, { recursive: true, force: true });
    return run;
  };
  return { ended: collect(), kill: (signal) => running.kill(signal) };
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
