import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Finding } from '../../scripts/lint/finding.ts';
import { locate, type Origins } from '../../src/typed/locate.ts';
import type { Position } from '../../src/typed/position.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

/** A workflow that was compiled from definitions, in a process of its own, which knows where its calls stand. */
export interface Compiled {
  readonly yaml: string;
  readonly origins: Origins;
}

/** Compiles a file of definitions below `fixtures`. */
export async function compileFixture(name: string): Promise<Compiled> {
  return await compile(join(fixtures, name));
}

/** Definitions with one change, in a folder of their own. */
export interface Changed extends Compiled, AsyncDisposable {
  /** What stands in the definitions where a finding leads, from there to the end of the line. */
  source(finding: Finding): string | undefined;
}

/** Compiles `lint/deploy.ts` with a part of it written otherwise. */
export async function compileChanged(from: string | RegExp, to: string): Promise<Changed> {
  const folder = await temporaryFolder();
  const text = await readFile(join(fixtures, 'lint/deploy.ts'), 'utf8');
  const has = typeof from === 'string' ? text.includes(from) : from.test(text);
  if (!has) throw new Error(`lint/deploy.ts has no ${from}`);
  const layer = pathToFileURL(join(fixtures, 'locate/layer.ts')).href;
  const changed = text.replace(from, () => to).replace('../locate/layer.ts', layer);
  const file = join(folder.path, 'deploy.ts');
  await writeFile(file, changed);
  const { yaml, origins } = await compile(file);
  const source = (finding: Finding) => {
    const position = locate(yaml, finding, origins);
    return position && sourceAt(changed, position);
  };
  return { yaml, origins, source, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** What stands at a position, to the end of the line. */
export function sourceAt(text: string, { line, column }: Position): string | undefined {
  return text.split('\n')[line - 1]?.slice(column - 1);
}

async function compile(file: string): Promise<Compiled> {
  const { stdout } = await execa(process.execPath, [file]);
  const { yaml, origins } = JSON.parse(stdout);
  return { yaml, origins: new Map(origins) };
}
