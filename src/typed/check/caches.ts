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
