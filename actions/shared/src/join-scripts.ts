import { readdir, readFile } from 'node:fs/promises';

/** One shell script of the parts (`*.sh`) in a folder, whose URL ends with a slash, in the order of their names. */
export async function joinScripts(folder: URL): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sh')).sort();
  const parts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
}
