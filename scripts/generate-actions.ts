import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './errors.ts';
import { changes } from './generate-actions/changes.ts';
import { readInterfaces } from './generate-actions/interfaces.ts';
import { readLock } from './generate-actions/lock.ts';
import { generatedPath, render } from './generate-actions/render.ts';
import { main } from './main.ts';
import { repositoryRoot } from './repository.ts';

/**
 * The text of workflows/actions.generated.ts, made from the lock, action-types.yml and our action.yml files below
 * `root`. Throws `UserError` that names each line of action-types.yml that is wrong.
 */
export async function generateActions(root: string = repositoryRoot): Promise<string> {
  const { actions, problems } = await readInterfaces(root, await readLock(root));
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  return await render(actions);
}

if (import.meta.main)
  await main(async () => {
    const path = join(repositoryRoot, generatedPath);
    const before = await readFile(path, 'utf8').catch(() => '');
    const after = await generateActions();
    await writeFile(path, after);
    for (const line of changes(before, after)) console.log(line);
    console.log(before === after ? `${generatedPath} is up to date.` : `wrote ${generatedPath}`);
    return 0;
  });
