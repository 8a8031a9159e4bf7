import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { YamlFile } from '../base-images/yaml-scalars.ts';

/** A third-party action that a workflow uses, also from within an action of the repository. */
export interface UsedAction {
  /** `owner/repository/path@ref`, as it is written. */
  readonly uses: string;
  /** `owner/repository/path` */
  readonly name: string;
  readonly ref: string;
  /** `.github/workflows/staging.yml:40` */
  readonly place: string;
  /** The names of the inputs that it is given. */
  readonly inputs: readonly string[];
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly jobs?: Readonly<
    Record<string, { readonly uses?: string; readonly steps?: readonly Step[] }>
  >;
}

interface Action {
  readonly runs?: { readonly steps?: readonly Step[] };
}

/** What a compiled workflow uses of others; paths are relative to the repository's top, `root`. */
export async function usedActions(root: string, workflow: string): Promise<UsedAction[]> {
  const file = new YamlFile(await readFile(join(root, workflow), 'utf8'));
  const { jobs = {} } = (file.data ?? {}) as Workflow;
  const used: UsedAction[] = [];
  for (const [id, { uses, steps = [] }] of Object.entries(jobs)) {
    const at = { root, path: workflow, file };
    if (uses?.startsWith('./')) used.push(...(await usedActions(root, uses)));
    else if (uses !== undefined) used.push(...(await usedByStep(at, { uses }, ['jobs', id])));
    for (const [index, step] of steps.entries())
      used.push(...(await usedByStep(at, step, ['jobs', id, 'steps', index])));
  }
  return used;
}

/** What an action uses of others: only a composite one does. `folder` lies below `root`. */
export async function usedByAction(root: string, folder: string): Promise<UsedAction[]> {
  const name = ['action.yml', 'action.yaml'].find((each) => existsSync(join(root, folder, each)));
  if (name === undefined) return [];
  const path = join(folder, name);
  const file = new YamlFile(await readFile(join(root, path), 'utf8'));
  const { runs: { steps = [] } = {} } = (file.data ?? {}) as Action;
  const used: UsedAction[] = [];
  for (const [index, step] of steps.entries())
    used.push(...(await usedByStep({ root, path, file }, step, ['runs', 'steps', index])));
  return used;
}

async function usedByStep(
  { root, path, file }: { readonly root: string; readonly path: string; readonly file: YamlFile },
  step: Step,
  at: readonly (string | number)[],
): Promise<UsedAction[]> {
  const { uses } = step;
  if (uses === undefined || uses.startsWith('docker://')) return [];
  if (uses.startsWith('./')) return await usedByAction(root, uses);
  const [, name = '', ref = ''] = /^([^@]+)@(.+)$/.exec(uses) ?? [];
  const line = file.at([...at, 'uses'])?.line ?? 1;
  return [{ uses, name, ref, place: `${path}:${line}`, inputs: Object.keys(step.with ?? {}) }];
}
