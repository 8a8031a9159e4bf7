import { expressionsIn, usesOf } from '../../src/typed/check/references.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { declaredSettings } from '../../src/typed/environment.ts';

/** A secret or variable that somebody has to set on GitHub. */
export interface NeededSetting {
  readonly kind: 'variable' | 'secret';
  readonly name: string;
  readonly description: string;
  /** The environment it belongs to, or '' for the repository. */
  readonly environment: string;
  readonly required: boolean;
  /** Who uses it, as `workflow: job`. */
  readonly users: readonly string[];
}

/** Every secret and variable that the repository and its environments declare, with the jobs that use it. */
export function neededSettings(workflows: readonly CompiledWorkflow[]): readonly NeededSetting[] {
  const users = usersOf(workflows);
  return declaredSettings().flatMap(({ name: environment, declared }) => [
    ...Object.entries(declared.variables).map(([name, description]) => ({
      kind: 'variable' as const,
      ...{ name, description, environment },
      required: !declared.optional.includes(name),
      users: users.get(`vars.${name}`) ?? [],
    })),
    ...Object.entries(declared.secrets).map(([name, description]) => ({
      kind: 'secret' as const,
      ...{ name, description, environment },
      required: !declared.optional.includes(name),
      users: users.get(`secrets.${name}`) ?? [],
    })),
  ]);
}

function usersOf(workflows: readonly CompiledWorkflow[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { id, plain } of workflows)
    for (const [job, definition] of Object.entries(plain.jobs)) {
      const references = expressionsIn(definition, []).flatMap(
        ({ source }) => usesOf(source).references,
      );
      for (const name of new Set(references.map((names) => names.slice(0, 2).join('.'))))
        users.set(name, [...(users.get(name) ?? []), `${id}: ${job}`]);
    }
  return users;
}
