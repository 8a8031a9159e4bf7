import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apply, differences } from '../build/generated-files.ts';
import { packageCatalog } from '../generate-actions/catalog-files.ts';
import { changes } from '../generate-actions/changes.ts';
import { packageRoot } from '../repository/repository.ts';
import { bundledEarlier, generatePackage } from './generated-files.ts';

/** Makes what is generated in the package, and returns in words what is another now. */
export async function buildPackage(): Promise<readonly string[]> {
  const made = await generatePackage();
  const changed = await differences(packageRoot, made, await bundledEarlier());
  const types = join(packageRoot, packageCatalog.generated);
  const before = await readFile(types, 'utf8').catch(() => '');
  await apply(packageRoot, made, changed);
  return [
    ...changed.map(({ path, state }) => `${state === 'stale' ? 'removed' : 'wrote'} ${path}`),
    ...changes(before, await readFile(types, 'utf8')),
  ];
}
