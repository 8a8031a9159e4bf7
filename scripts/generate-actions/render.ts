import type { ActionFacts, InputFacts } from '../../src/typed/action-facts.ts';
import { packageName } from '../repository/repository.ts';
import type { CatalogFiles } from './catalog-files.ts';
import type { Interface, TypedInput } from './interfaces.ts';

/** The text of a generated catalog: the types of the actions, and what the layer has to know when it compiles. */
export function render(
  actions: readonly Interface[],
  { lock, types: typeFile, ownActions }: CatalogFiles,
): string {
  const types = actions.map(renderType).join('\n');
  const facts = `{ ${actions.map(renderFacts).join('\n')} }`;
  const sources = [lock, typeFile, ...(ownActions ? [ownActions] : [])];
  const command = ownActions ? 'npm run build' : `${packageName} build`;
  const notice = `// Generated from ${sources.slice(0, -1).join(', ')} and ${sources.at(-1)} by \`${command}\`: edit those files, not this one.`;
  return ownActions
    ? `
    ${notice}

    import type { ActionCatalog } from './action-facts.ts';

    /** Inputs and outputs of the actions that the package knows. */
    export interface PackageActions { ${types} }

    /** What the layer has to know of them when it compiles. */
    export const actions: ActionCatalog = ${facts};`
    : `
    ${notice}

    import { defineActions } from '${packageName}';

    declare module '${packageName}/actions' {
      /** Inputs and outputs of actions that the package does not have, or has at another commit. */
      interface ProjectActions { ${types} }
    }

    defineActions(${facts});`;
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
    ...kindOf(input.type),
    ...(input.type.type === 'list' ? { separator: input.type.separator } : {}),
  };
}

/** A text that may be anything says nothing that could be checked. */
function kindOf(type: TypedInput['type']): Pick<InputFacts, 'type' | 'values'> {
  switch (type.type) {
    case 'list':
      return { type: 'list', ...valuesOf(type['list-item']) };
    case 'enum':
      return { type: 'enum', ...valuesOf(type) };
    case 'integer':
    case 'float':
      return { type: 'number' };
    default:
      return { type: type.type };
  }
}

function valuesOf(type: TypedInput['type']): Pick<InputFacts, 'values'> {
  return type.type === 'enum' ? { values: type['allowed-values'] } : {};
}

function isRequired({ required, default: value }: TypedInput): boolean {
  return required && value === undefined;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
