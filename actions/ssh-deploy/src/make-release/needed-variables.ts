import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';
import type { StageInputs } from '../read/inputs.ts';

/**
 * The variables that the host's .env.staging has to set: those that its example gives a value; none where no example is
 * named and none lies beside the Compose file. Throws `InvalidInput` where the one that is named is not there.
 */
export async function neededVariables(
  workspace: string,
  {
    composeFile,
    environmentExample: named,
  }: Pick<StageInputs, 'composeFile' | 'environmentExample'>,
): Promise<string[]> {
  const path = named ?? join(dirname(composeFile), '.env.staging.example');
  if (!existsSync(join(workspace, path))) {
    if (named === undefined) return [];
    throw new InvalidInput(`input environment-example: there is no ${path} in the workspace`);
  }
  const text = await readFile(join(workspace, path), 'utf8');
  return [...text.matchAll(/^([A-Za-z_][A-Za-z0-9_]*)=.+$/gm)].flatMap(([, name]) => name ?? []);
}
