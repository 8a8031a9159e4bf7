import { readdir, readFile } from 'node:fs/promises';

/** One script of the parts in a folder, whose URL ends with a slash, in the order of their names. */
export async function joinScripts(folder: URL, ending: '.sh' | '.py' = '.sh'): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
  const parts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
}
