import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The variables that the host's .env.staging has to set: those that .env.staging.example, beside the Compose file, gives
 * a value; none where there is no such file.
 */
export async function neededVariables(workspace: string, composeFile: string): Promise<string[]> {
  const file = join(workspace, dirname(composeFile), '.env.staging.example');
  if (!existsSync(file)) return [];
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/^([A-Za-z_][A-Za-z0-9_]*)=.+$/gm)].flatMap(([, name]) => name ?? []);
}
