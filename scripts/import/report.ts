import type { Outcome } from './files.ts';

/** What is to be said of a workflow: what has no type, each with its line, and what its actions are now. */
export function report(outcome: Outcome): readonly string[] {
  const { path } = outcome;
  if ('wrong' in outcome) return [outcome.wrong];
  if ('skipped' in outcome) return [`${path}: left out, since ${outcome.skipped}`];
  const { notTyped, missingActions, otherVersions } = outcome.imported;
  return [
    ...notTyped.map(
      ({ line, original, reason, lost }) =>
        `${path}:${line}: not typed${lost ? ', and not the same when it is compiled' : ''}: ${original}: ${reason}`,
    ),
    ...otherVersions.map(
      ({ key, was, is }) => `${path}: ${key} was ${was}, and is ${is}, which the lock has`,
    ),
    ...missingActions.map(
      ({ key, line }) =>
        `${path}:${line}: ${key} is not in the lock, so the definition does not compile yet`,
    ),
  ];
}

/** What is to be done after it, and how much was typed. */
export function totals(outcomes: readonly Outcome[]): readonly string[] {
  const imported = outcomes.flatMap((each) => ('imported' in each ? [each.imported] : []));
  const missing = new Map(
    imported.flatMap(({ missingActions }) =>
      missingActions.map(({ key, ref }) => [key, ref === undefined ? key : `${key}@${ref}`]),
    ),
  );
  const whole = imported.filter(({ notTyped }) => notTyped.length === 0).length;
  const parts = imported.flatMap(({ notTyped }) => notTyped).length;
  return [
    ...(missing.size > 0
      ? [`Add the actions: npx staging-pipeline actions add ${[...missing.values()].join(' ')}`]
      : []),
    `${imported.length} of ${outcomes.length} workflows imported, ${whole} typed as a whole; ${parts} parts not typed`,
  ];
}
