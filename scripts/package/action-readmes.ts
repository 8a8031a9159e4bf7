import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../repository/repository.ts';
import { code, fill, table } from '../terminal/markdown.ts';
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

const actionsDirectory = join(packageRoot, 'actions');

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
