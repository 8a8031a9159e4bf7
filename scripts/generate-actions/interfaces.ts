import type { PermissionRange } from '../../src/typed/action-facts.ts';
import { packageRoot } from '../repository/repository.ts';
import { type CatalogFiles, packageCatalog } from './catalog-files.ts';
import type { Lock } from './lock.ts';
import type { Input } from './metadata.ts';
import { type Action, readActions } from './sources.ts';
import { type InputType, type ItemType, readTypeFile, type TypeFile } from './type-file.ts';

/** Everything that is known of an action. */
export interface Interface extends Omit<Action, 'metadata'> {
  readonly inputs: readonly TypedInput[];
  readonly outputs: readonly string[];
  readonly permissions: Readonly<Record<string, PermissionRange>>;
}

export interface TypedInput extends Input {
  readonly name: string;
  readonly type: InputType;
}

export interface Interfaces {
  readonly actions: readonly Interface[];
  /** What action-types.yml says and the metadata contradicts, each with its line. */
  readonly problems: readonly string[];
}

/** Puts together what the lock, the package's action.yml files below `root` and the file of types say of the actions. */
export async function readInterfaces(
  root: string,
  files: CatalogFiles,
  lock: Lock,
): Promise<Interfaces> {
  const actions = await readActions(root, files, lock);
  const types = await readTypeFile(root, files.types);
  // What the package says of an action holds for another commit of it, as far as that has the same inputs.
  const ofPackage = files.ownActions
    ? types
    : await readTypeFile(packageRoot, packageCatalog.types);
  return {
    actions: actions.map(({ key, metadata, ...pin }) => ({
      key,
      ...pin,
      inputs: [...metadata.inputs].map(([name, input]) => ({
        name,
        ...input,
        type:
          types.actions[key]?.inputs[name] ?? typeLike(ofPackage.actions[key]?.inputs[name], input),
      })),
      outputs: metadata.outputs,
      permissions: (types.actions[key] ?? ofPackage.actions[key])?.permissions ?? {},
    })),
    problems: contradictions(actions, types),
  };
}

/** The type that another commit of the action gives an input, where it fits; otherwise the one that its default tells. */
function typeLike(known: InputType | undefined, input: Input): InputType {
  return known && accepts(known, input.default) ? known : inferred(input);
}

/** The type that an input's default tells, where action-types.yml has no entry. */
export function inferred({ default: value = '' }: Input): InputType {
  if (isBoolean(value)) return { type: 'boolean' };
  return isInteger(value) ? { type: 'integer' } : { type: 'string' };
}

function contradictions(actions: readonly Action[], { actions: typed, place }: TypeFile): string[] {
  return Object.entries(typed).flatMap(([key, { inputs }]) => {
    const action = actions.find((each) => each.key === key);
    if (!action) return `${place([key])}: there is no action ${key}; there are ${names(actions)}`;
    return Object.entries(inputs).flatMap(([name, type]) => {
      const at = `${place([key, 'inputs', name])}: the input ${name} of ${key}`;
      const input = action.metadata.inputs.get(name);
      if (!input) return `${at} does not exist in ${action.version ?? 'its action.yml'}`;
      if (accepts(type, input.default)) return [];
      return `${at} has the default ${JSON.stringify(input.default)}, which is not of this type`;
    });
  });
}

function names(actions: readonly Action[]): string {
  return actions.map(({ key }) => key).join(', ');
}

function accepts(type: InputType, value: string | undefined): boolean {
  // An empty text is the same as no input; an expression may be anything.
  if (!value || value.includes('${{')) return true;
  if (type.type !== 'list') return isOf(type, value);
  return value.split(type.separator).every((item) => isOf(type['list-item'], item));
}

function isOf(type: ItemType, value: string): boolean {
  if (type.type === 'enum') return type['allowed-values'].includes(value);
  if (type.type === 'boolean') return isBoolean(value);
  if (type.type === 'integer') return isInteger(value);
  return type.type === 'string' || !Number.isNaN(Number(value));
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

function isInteger(value: string): boolean {
  return /^-?\d+$/.test(value);
}
