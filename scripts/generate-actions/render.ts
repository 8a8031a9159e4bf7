import type { ActionFacts, InputFacts } from '../../workflows/typed/catalog.ts';
import { run } from '../process.ts';
import { repositoryRoot } from '../repository.ts';
import type { Interface, TypedInput } from './interfaces.ts';
import { lockPath } from './lock.ts';
import { typesPath } from './type-file.ts';

/** The place in the repository of what is generated. */
export const generatedPath = 'workflows/actions.generated.ts';

/** The text of actions.generated.ts: the types of the actions, and what the layer has to know when it compiles. */
export async function render(actions: readonly Interface[]): Promise<string> {
  const source = `
    // Generated from ${lockPath}, ${typesPath} and actions/*/action.yml by \`npm run generate\`: edit those files, not this one.

    import type { ActionCatalog } from './typed/catalog.ts';

    /** Inputs and outputs of every action that a step may use. */
    export interface Actions { ${actions.map(renderType).join('\n')} }

    /** What the layer has to know of them when it compiles. */
    export const actions: ActionCatalog = { ${actions.map(renderFacts).join('\n')} };`;
  return await formatted(source, generatedPath);
}

/** Source text as the repository's formatter wants it in the file `path`. */
export async function formatted(source: string, path: string): Promise<string> {
  const biome = `${repositoryRoot}/node_modules/.bin/biome`;
  const options = { cwd: repositoryRoot, input: source };
  return `${await run(biome, ['format', `--stdin-file-path=${path}`], options)}\n`;
}

function renderType({ key, inputs, outputs }: Interface): string {
  return `${quote(key)}: {
    inputs: {
${inputs.map(renderInput).join('\n')}
};
    outputs: ${union(outputs)};
  };`;
}

function renderInput(input: TypedInput): string {
  const mark = isRequired(input) ? '' : '?';
  return `${comment(input)}${quote(input.name)}${mark}: ${typeOf(input.type)};`;
}

function comment({ description, default: value }: TypedInput): string {
  const sentences = [
    ...(description ? [description.replace(/(?<![.!?])$/, '.')] : []),
    ...(value ? [`Default: \`${value}\`.`] : []),
  ];
  if (sentences.length === 0) return '';
  return `/** ${sentences.join(' ').replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/')} */\n`;
}

function typeOf(type: TypedInput['type']): string {
  switch (type.type) {
    case 'list':
      return `readonly (${typeOf(type['list-item'])})[]`;
    case 'enum':
      return enumOf(type['allowed-values']);
    case 'integer':
    case 'float':
      return 'number';
    default:
      return type.type;
  }
}

/** With both `true` and `false` among the values, an author writes them as such. */
function enumOf(values: readonly string[]): string {
  const words = values.filter((value) => value !== 'true' && value !== 'false');
  return values.length - words.length === 2 ? `boolean | ${union(words)}` : union(values);
}

function union(values: readonly string[]): string {
  return values.length === 0 ? 'never' : values.map(quote).join(' | ');
}

function renderFacts({ key, uses, version, inputs, outputs, permissions }: Interface): string {
  const facts: ActionFacts = {
    uses,
    ...(version === undefined ? {} : { version }),
    inputs: Object.fromEntries(inputs.map((input) => [input.name, factsOf(input)])),
    outputs,
    permissions,
  };
  return `${quote(key)}: ${JSON.stringify(facts)},`;
}

function factsOf(input: TypedInput): InputFacts {
  return {
    ...(input.default === undefined ? {} : { default: input.default }),
    ...(isRequired(input) ? { required: true } : {}),
    ...(input.type.type === 'list' ? { separator: input.type.separator } : {}),
  };
}

function isRequired({ required, default: value }: TypedInput): boolean {
  return required && value === undefined;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
