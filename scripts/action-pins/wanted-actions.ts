import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { callOf } from '../../src/typed/call.ts';
import { actionOf } from '../../src/typed/catalog.ts';
import { partsOf } from '../../src/typed/job.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import { importDefinition } from '../repository/import-definition.ts';
import type { Definitions } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

/** An action that the lock is to have. */
export interface WantedAction {
  /** What an author writes in `uses`, without the ref. */
  readonly key: string;
  /** A tag or a full commit SHA; the latest release where it is undefined. */
  readonly ref: string | undefined;
  /** What an error begins with. */
  readonly place: string;
}

/** Reads `owner/name`, `owner/name/folder`, each with `@ref` or without. Throws `UserError`. */
export function wantedFrom(word: string): WantedAction {
  const [, key, ref] = /^([\w.-]+\/[\w.-]+(?:\/[\w.-]+)*)(?:@([\w./+-]+))?$/.exec(word) ?? [];
  if (key === undefined || key.split('/').some((part) => /^\.+$/.test(part)))
    throw new UserError(`"${word}" names no action: write owner/name, or owner/name/folder@v1.2.3`);
  return { key, ref, place: word };
}

/** The third-party actions that the workflows of a repository use, and its catalog does not have. */
export async function actionsWithoutPin({ root, folder }: Definitions): Promise<WantedAction[]> {
  const found = new Map<string, WantedAction>();
  for await (const path of glob(join(folder, '*.ts'), { cwd: root })) {
    if (/\.(?:test|config|d)\.ts$/.test(path)) continue;
    for (const key of usesIn((await importDefinition(root, path)).default)) {
      if (key.startsWith('.') || key.startsWith('docker://') || actionOf(key)) continue;
      if (!found.has(key)) found.set(key, { ...wantedFrom(key), place: `${path}: ${key}` });
    }
  }
  return [...found.values()];
}

function usesIn(workflow: unknown): string[] {
  if (typeof workflow !== 'object' || workflow === null || !('definition' in workflow)) return [];
  const withSteps = (workflow as Workflow).definition.jobs.filter((job) => !callOf(job));
  return withSteps.flatMap((job) =>
    partsOf(job).steps.flatMap(({ definition }) =>
      'uses' in definition && typeof definition.uses === 'string' ? [definition.uses] : [],
    ),
  );
}
