import { main } from '../terminal/main.ts';
import { isBuilt, recordBuilt } from './built.ts';

// What is generated in the package itself; `staging-pipeline build` then does so for the project beside it.
await main(async () => {
  if (await isBuilt()) return 0;
  // Only now: loading what builds takes longer than finding that there is nothing to build.
  const { buildPackage } = await import('./build-package.ts');
  for (const line of await buildPackage()) console.log(line);
  await recordBuilt();
  return 0;
});
