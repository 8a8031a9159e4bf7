import { type Checked, type Fault, stepsOf } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';

/** Contexts that are the same in every run. */
const constant = ['runner', 'matrix', 'vars', 'strategy', 'env'];
const constantOfGitHub = [
  'workflow',
  'job',
  'repository',
  'repository_owner',
  'server_url',
  'ref',
  'ref_name',
  'head_ref',
  'base_ref',
  'event_name',
];

/** Caches whose key never changes, so that what was saved first is restored for good; and two of one key. */
export function cacheFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, path, before }): Fault[] => {
    const [action = ''] = step.uses?.split('@') ?? [];
    if (!/^actions\/cache(?:\/restore|\/save)?$/.test(action)) return [];
    const { key = '', path: saved } = step.with ?? {};
    const at = [...path, 'with', 'key'];
    const varies = expressionsIn(String(key), at).some(
      ({ source }) => /\bhashFiles\(/i.test(source) || usesOf(source).references.some(variable),
    );
    if (!varies)
      return [
        {
          path: at,
          message:
            "the key of the cache is the same in every run, so that it is never saved anew: add a hash, as in hashFiles('package-lock.json')",
        },
      ];
    const lost = lostKey(step.with ?? {}, checked);
    if (lost)
      return [
        {
          path: [...path, 'with', 'restore-keys'],
          message: `no cache has a key that begins with ${lost}`,
        },
      ];
    const same = before.find(
      (each) =>
        each.uses?.split('@')[0] === action && each.with?.key === key && each.with?.path !== saved,
    );
    return same
      ? [
          {
            path: at,
            message: `the cache of ${JSON.stringify(same.name)} has this key already: one of them is never saved`,
          },
        ]
      : [];
  });
}

function variable([context = '', name = '']: readonly string[]): boolean {
  if (context === 'github') return !constantOfGitHub.includes(name);
  return !constant.includes(context);
}

/** The beginning of a key to restore with which no key of any workflow begins. */
function lostKey(given: Readonly<Record<string, unknown>>, checked: Checked): string | undefined {
  const workflows = [checked.workflow, ...Object.values(checked.others ?? {})];
  const keys = workflows.flatMap((workflow) =>
    stepsOf({ ...checked, workflow }).flatMap(({ step }) => step.with?.key ?? []),
  );
  const fixed = (text: unknown) => String(text).split('${{')[0] ?? '';
  return String(given['restore-keys'] ?? '')
    .split('\n')
    .map((each) => fixed(each.trim()))
    .find(
      (beginning) =>
        beginning !== '' &&
        !keys.some((key) => fixed(key).startsWith(beginning) || beginning.startsWith(fixed(key))),
    );
}
