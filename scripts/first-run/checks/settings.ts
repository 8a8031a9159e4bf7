import type { NeededSetting } from '../../build/needed-settings.ts';
import type { Answer } from '../ask.ts';
import { type Finding, note, right, unknown, wrong } from '../finding.ts';
import { hidden, type Question } from '../wanted.ts';

/** Names, and of variables their values, that are set at one place. */
type Names = Answer<ReadonlyMap<string, string>>;
type Kind = NeededSetting['kind'];

/** The variables and secrets of one place on GitHub, as a job of it would see them. */
export interface PlaceSettings {
  readonly variable: Names;
  readonly secret: Names;
  /** What the organisation gives to the repository. */
  readonly inherited: { readonly variable: Names; readonly secret: Names };
}

/** Asks for the variables and the names of secrets of an environment, or of the repository where it is ''. */
export async function askForSettings(
  { asker, wanted: { owner, repo } }: Question,
  environment: string,
): Promise<PlaceSettings> {
  const place = { owner, repo };
  const named = async (
    asked: Promise<Answer<readonly { name: string; value?: string }[]>>,
  ): Promise<Names> => {
    const answer = await asked;
    if (answer.kind !== 'told') return answer;
    const entries = answer.data.map(({ name, value = '' }) => [name, value] as const);
    return { kind: 'told', data: new Map(entries) };
  };
  const own =
    environment === ''
      ? {
          variable: asker.ask((octokit, request) =>
            octokit.paginate(octokit.actions.listRepoVariables, {
              ...place,
              per_page: 30,
              request,
            }),
          ),
          secret: asker.ask((octokit, request) =>
            octokit.paginate(octokit.actions.listRepoSecrets, { ...place, per_page: 100, request }),
          ),
        }
      : {
          variable: asker.ask((octokit, request) =>
            octokit.paginate(octokit.actions.listEnvironmentVariables, {
              ...{ ...place, environment_name: environment, per_page: 30, request },
            }),
          ),
          secret: asker.ask((octokit, request) =>
            octokit.paginate(octokit.actions.listEnvironmentSecrets, {
              ...{ ...place, environment_name: environment, per_page: 100, request },
            }),
          ),
        };
  const [variable, secret, ofAllVariables, ofAllSecrets] = await Promise.all([
    named(own.variable),
    named(own.secret),
    named(
      asker.ask((octokit, request) =>
        octokit.paginate(octokit.actions.listRepoOrganizationVariables, {
          ...{ ...place, per_page: 30, request },
        }),
      ),
    ),
    named(
      asker.ask((octokit, request) =>
        octokit.paginate(octokit.actions.listRepoOrganizationSecrets, {
          ...{ ...place, per_page: 100, request },
        }),
      ),
    ),
  ]);
  return { variable, secret, inherited: { variable: ofAllVariables, secret: ofAllSecrets } };
}

/** Each variable and secret that has to be set is set, where its jobs look for it. */
export function checkSettings(
  question: Question,
  placeOf: (environment: string) => PlaceSettings | undefined,
): Finding[] {
  return question.wanted.settings.flatMap((setting) =>
    checkSetting(setting, question, [placeOf(setting.environment), placeOf('')]),
  );
}

function checkSetting(
  { kind, name, environment, required }: NeededSetting,
  question: Question,
  [place, ofRepository]: readonly [PlaceSettings | undefined, PlaceSettings | undefined],
): Finding[] {
  const where = environment === '' ? 'the repository' : `the environment ${environment}`;
  const about = `${kind} ${name} of ${where}`;
  const command = `gh ${kind} set ${name}${environment === '' ? '' : ` --env ${environment}`}`;
  const own = place?.[kind] ?? { kind: 'absent' };
  if (own.kind === 'told' && own.data.has(name))
    return [filled(about, kind, own.data.get(name), command)];
  const around = [ofRepository?.[kind], place?.inherited[kind]];
  if (around.some((each) => each?.kind === 'told' && each.data.has(name)))
    return [note(`${about} is set for more than ${where}: every branch can use it`)];
  if (!required) return [];
  const why =
    own.kind === 'absent' ? hidden(question) : [own, ...around].map(reasonOf).find(Boolean);
  return [
    why === undefined ? wrong(`${about} is not set`, command) : unknown(about, why, [command]),
  ];
}

function reasonOf(answer: Names | undefined): string | undefined {
  return answer?.kind === 'unknown' ? answer.why : undefined;
}

function filled(about: string, kind: Kind, value: string | undefined, command: string): Finding {
  // What a secret holds nobody is told.
  return kind === 'variable' && value === ''
    ? wrong(`${about} is empty`, command)
    : right(`${about} is set`);
}
