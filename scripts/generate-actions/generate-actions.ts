import { packageRoot } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { type CatalogFiles, packageCatalog } from './catalog-files.ts';
import { formatted } from './formatted.ts';
import { readInterfaces } from './interfaces.ts';
import { readLock } from './lock.ts';
import { render } from './render.ts';

/**
 * The text of a generated catalog of actions, whose sources lie below `root`. Throws `UserError` that names each line
 * of the file of types that is wrong.
 */
export async function generateActions(
  root: string = packageRoot,
  files: CatalogFiles = packageCatalog,
): Promise<string> {
  const lock = await readLock(root, files.lock);
  const { actions, problems } = await readInterfaces(root, files, lock);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  const text = render(actions, files);
  return files === packageCatalog ? await formatted(text, files.generated) : `${text.trim()}\n`;
}
