import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../../../scripts/local/machine/cache.ts';
import { packageRoot } from '../../../scripts/repository/repository.ts';
import { run } from '../../../scripts/terminal/process.ts';

/** A Python of this machine with the API's requirements; made once. Returns its path. */
export async function pythonWithRequirements(): Promise<string> {
  const folder = cached('tools', 'api-requirements');
  const requirements = join(packageRoot, 'api/requirements.txt');
  const installed = join(folder, 'requirements.txt');
  const python = join(folder, 'bin/python');
  const text = await readFile(requirements, 'utf8');
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === text) return python;
  await run('python3', ['-m', 'venv', '--clear', folder]);
  await run(python, [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
    ...['--requirement', requirements],
  ]);
  await copyFile(requirements, installed);
  return python;
}
