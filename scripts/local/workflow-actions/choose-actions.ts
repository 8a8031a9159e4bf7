import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { UserError } from '../../terminal/errors.ts';
import type { UsedAction } from './used-actions.ts';

const standIns = fileURLToPath(new URL('../third-party', import.meta.url));

/** Why a stand-in runs although the real action could be had. */
const boundToGitHub: Readonly<Record<string, string>> = {
  'actions/setup-python':
    'the Pythons that it fetches are made for Ubuntu, the runner image is Debian',
  'actions/upload-artifact': 'artifacts are kept in the folder of the run',
  'docker/setup-buildx-action': "only the engine's own builder reaches the local registry",
};

/** The action that builds images; its stand-in alone knows the images that stand in for public ones. */
const builder = 'docker/build-push-action';

/** What decides which actions run: the real ones, or this folder's stand-ins. */
export interface Circumstances {
  readonly gitHubAnswers: boolean;
  /** Whether images are built upon stand-ins of public ones. */
  readonly standInImages: boolean;
}

/** The actions of a run. */
export interface ChosenActions {
  /** Folders of stand-ins, by what stands behind `uses`. */
  readonly standIns: ReadonlyMap<string, string>;
  /** What is fetched from github.com. */
  readonly real: readonly UsedAction[];
  /** For the table at the end of a run. */
  readonly summary: string;
}

/**
 * Decides for every action that a workflow uses whether the real one runs. Throws a `UserError` that names, with their
 * places, the actions that can run neither way, and the inputs that a stand-in does not have.
 */
export function chooseActions(
  used: readonly UsedAction[],
  circumstances: Circumstances,
): ChosenActions {
  const needed = used.filter((action) => !isDoneByAct(action));
  const real = needed.filter((action) => runsForReal(action.name, circumstances));
  const others = needed.filter((action) => !real.includes(action));
  const problems = others.flatMap(problemsOf);
  if (problems.length > 0)
    throw new UserError(
      `${circumstances.gitHubAnswers ? '' : 'github.com does not answer, and '}not every action of the workflow can run here:\n${problems.map((each) => `  - ${each}`).join('\n')}`,
    );
  return {
    standIns: new Map(others.map(({ uses, name }) => [uses, join(standIns, name)])),
    real,
    summary: summary(others, circumstances),
  };
}

function runsForReal(name: string, { gitHubAnswers, standInImages }: Circumstances): boolean {
  if (!gitHubAnswers || name in boundToGitHub) return false;
  return name !== builder || !standInImages;
}

/** act checks out by itself: it copies the workspace. */
function isDoneByAct({ name, inputs }: UsedAction): boolean {
  return name === 'actions/checkout' && !inputs.includes('ref') && !inputs.includes('repository');
}

function problemsOf({ name, uses, place, inputs }: UsedAction): string[] {
  const file = join(standIns, name, 'action.yml');
  if (!existsSync(file)) return [`${uses} (${place}): there is no stand-in for it`];
  const declared = Object.keys(parse(readFileSync(file, 'utf8')).inputs ?? {});
  const unknown = inputs.filter((input) => !declared.includes(input));
  return unknown.map(
    (input) =>
      `${uses} (${place}): its stand-in has no input "${input}"; it has ${declared.join(', ')}`,
  );
}

function summary(others: readonly UsedAction[], { gitHubAnswers }: Circumstances): string {
  if (!gitHubAnswers) return 'stand-ins (github.com does not answer)';
  const names = [...new Set(others.map(({ name }) => name))];
  const exceptions = names.map(
    (name) => `${name} (${boundToGitHub[name] ?? 'no image registry answers'})`,
  );
  return exceptions.length === 0
    ? 'the real ones'
    : `the real ones, but stand-ins for ${exceptions.join(' and ')}`;
}
