import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apply, differences } from '../build/generated-files.ts';
import { packageCatalog } from '../generate-actions/catalog-files.ts';
import { changes } from '../generate-actions/changes.ts';
import { packageRoot } from '../repository/repository.ts';
import { main } from '../terminal/main.ts';
import { bundledEarlier, generatePackage } from './generated-files.ts';

// What is generated in the package itself; `staging-pipeline build` then does so for the project beside it.
await main(async () => {
  const made = await generatePackage();
  const changed = await differences(packageRoot, made, await bundledEarlier());
  const types = join(packageRoot, packageCatalog.generated);
  const before = await readFile(types, 'utf8').catch(() => '');
  await apply(packageRoot, made, changed);
  for (const { path, state } of changed)
    console.log(`${state === 'stale' ? 'removed' : 'wrote'} ${path}`);
  for (const line of changes(before, await readFile(types, 'utf8'))) console.log(line);
  return 0;
});
