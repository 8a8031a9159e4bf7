import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from '../terminal/errors.ts';

/**
 * Loads a file of definitions, relative to `root`. Throws `UserError` where it is no TypeScript that Node.js can run, or
 * imports what is not installed; what its own code throws is passed on.
 */
export async function importDefinition(
  root: string,
  path: string,
): Promise<{ readonly default?: unknown }> {
  await demandModules(root, dirname(path));
  try {
    return await import(pathToFileURL(join(root, path)).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserError(syntaxError(root, error));
    const missing = /Cannot find (?:package|module) '([^']+)'/.exec(String(error));
    if (missing?.[1]?.startsWith('/'))
      throw new UserError(
        `${path} imports ${relative(root, missing[1])}, which is not there; where it is generated: npx staging-pipeline build`,
      );
    if (missing)
      throw new UserError(
        `${path} imports ${missing[1]}, which is not installed: npm ci --prefix ${dirname(path)}`,
      );
    throw error;
  }
}

/** The definitions are ES modules, whatever the rest of the repository is. */
async function demandModules(root: string, folder: string): Promise<void> {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, 'package.json');
    if (existsSync(join(root, path))) {
      const { type } = JSON.parse(await readFile(join(root, path), 'utf8'));
      if (type === 'module') return;
    } else if (at !== '.') continue;
    throw new UserError(
      `${join(folder, 'package.json')} has to say "type": "module": the definitions beside it are ES modules.`,
    );
  }
}

/** The place, the line and what is wrong in it: the head of what Node.js prints. */
function syntaxError(root: string, { stack = '', message }: SyntaxError): string {
  const [head = ''] = stack.split(/\n {4}at /);
  const [, file, line] = /^(?:file:\/\/)?(\/[^\n]*):(\d+)\n/.exec(head) ?? [];
  if (file === undefined) return message;
  const path = relative(root, fileURLToPath(pathToFileURL(decodeURI(file))));
  return `${path}:${line}: ${message}`;
}
