import { apply, differences } from '../generated-files.ts';
import { main } from '../main.ts';
import { packageRoot } from '../repository.ts';
import { bundledEarlier, generatePackage } from './generated-files.ts';

// What is generated in the package itself; `staging-pipeline build` then does so for the project beside it.
await main(async () => {
  const made = await generatePackage();
  const changed = await differences(packageRoot, made, await bundledEarlier());
  await apply(packageRoot, made, changed);
  for (const { path, state } of changed)
    console.log(`${state === 'stale' ? 'removed' : 'wrote'} ${path}`);
  return 0;
});
