import { differences } from '../../build/generated-files.ts';
import { packageRoot } from '../../repository/repository.ts';
import { UserError } from '../../terminal/errors.ts';
import { bundledEarlier, generatePackage } from '../generated-files.ts';

/** Checks that the catalog of actions, the bundles and the pages' tables are what their sources make now. */
export async function checkPackageFiles(): Promise<void> {
  const found = await differences(packageRoot, await generatePackage(), await bundledEarlier());
  if (found.length === 0) return;
  const lines = found.map(({ path, state }) => `${path}: ${state}`);
  throw new UserError([...lines, 'Make them from their sources: npm run build'].join('\n'));
}
