import type { Plain } from '../plain.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { calledBy, commandsOf, wordsOf } from './shell-commands.ts';
import { likeOne } from './spelling.ts';

/** `gh workflow run` of a workflow that the repository does not have, that nobody may start, or with inputs that it lacks. */
export function startedWorkflowFaults(checked: Checked): Fault[] {
  const workflows: Readonly<Record<string, Plain>> = {
    ...checked.others,
    ...(checked.id !== undefined && { [checked.id]: checked.workflow }),
  };
  if (Object.keys(workflows).length === 0) return [];
  return stepsOf(checked).flatMap(({ step, path }) =>
    commandsOf(step.run ?? '').flatMap((command): Fault[] => {
      const [gh, , run, ...given] = wordsOf(calledBy(command.text));
      const starts = gh === 'gh' && /^gh workflow run\b/.test(calledBy(command.text));
      if (!starts || run !== 'run') return [];
      const message = started(given, workflows, checked);
      return message === undefined
        ? []
        : [{ path: [...path, 'run'], scriptLine: command.line, message }];
    }),
  );
}

const withValue = /^(?:-f|-F|-r|-R|--raw-field|--field|--ref|--repo)$/;

function started(
  given: readonly string[],
  workflows: Readonly<Record<string, Plain>>,
  { files, workflow }: Checked,
): string | undefined {
  const name = given.find(
    (word, at) => !word.startsWith('-') && !withValue.test(given[at - 1] ?? ''),
  );
  // Another repository has other workflows; `$REPOSITORY` is mostly this one.
  const elsewhere = given.find(
    (word, at) => /^(?:-R|--repo)$/.test(given[at - 1] ?? '') && !word.startsWith('$'),
  );
  if (name === undefined || /[$*]/.test(name) || elsewhere !== undefined) return undefined;
  const id = Object.keys(workflows).find((each) =>
    [each, `${each}.yml`, `${each}.yaml`, workflows[each]?.name].includes(name),
  );
  const to = id === undefined ? undefined : workflows[id];
  if (to === undefined) {
    const known = Object.keys(workflows).map((each) => `${each}.yml`);
    if (!/\.ya?ml$/.test(name) || files?.has(`.github/workflows/${name}`)) return undefined;
    const like = likeOne(name, known);
    return `the repository has no workflow ${name}${like ? `; is it ${like}?` : `; it has: ${known.join(', ')}`}`;
  }
  const dispatch = to.on.workflow_dispatch as { inputs?: object } | null | undefined;
  if (!('workflow_dispatch' in to.on))
    return `nobody can start ${name}: it has no workflow_dispatch`;
  if (to === workflow) return undefined;
  const inputs = Object.keys(dispatch?.inputs ?? {});
  const unknown = given
    .filter((_, at) => /^(?:-f|-F|--raw-field|--field)$/.test(given[at - 1] ?? ''))
    .map((field) => field.split('=')[0] ?? '')
    .find((field) => !inputs.includes(field) && /^[\w-]+$/.test(field));
  if (unknown === undefined) return undefined;
  const like = likeOne(unknown, inputs);
  return `${name} has no input ${unknown}${like ? `; is it ${like}?` : `; it has: ${inputs.join(', ')}`}`;
}
