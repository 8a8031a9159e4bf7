import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { actionNames } from './build-actions.ts';

interface Metadata {
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>;
}

interface Input {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

const actionsDirectory = join(dirname(dirname(fileURLToPath(import.meta.url))), 'actions');

/** The README files of the actions by path, with the tables of inputs and outputs as their action.yml has them. */
export async function renderActionReadmes(): Promise<Map<string, string>> {
  const readmes = new Map<string, string>();
  for (const name of await actionNames()) {
    const path = join(actionsDirectory, name, 'README.md');
    const metadata: Metadata = parse(
      await readFile(join(actionsDirectory, name, 'action.yml'), 'utf8'),
    );
    const text = await readFile(path, 'utf8');
    const withInputs = fill(text, 'inputs', inputTable(metadata), path);
    readmes.set(path, fill(withInputs, 'outputs', outputTable(metadata), path));
  }
  return readmes;
}

function inputTable({ inputs = {} }: Metadata): string {
  return table(
    ['Input', 'Description', 'Default'],
    Object.entries(inputs).map(([name, input]) => [
      `\`${name}\``,
      input.description,
      input.required ? '**required**' : code(input.default),
    ]),
  );
}

function outputTable({ outputs = {} }: Metadata): string {
  return table(
    ['Output', 'Description'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

/** A table with columns of even width, as the formatter wants it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], filler: string) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first, ' '), line([], '-'), ...others.map((row) => line(row, ' '))].join('\n');
}

function code(value: string | undefined): string {
  return value === undefined ? '' : `\`${value}\``;
}

/** Puts `content` between the markers `<!-- name -->` and `<!-- /name -->`. */
function fill(text: string, name: string, content: string, path: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${path} needs the markers ${open} and ${close}`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await renderActionReadmes()) await writeFile(path, text);
}
