import { context, type Expression, type ScopeOf } from './expression.ts';

/** What a repository has to set up, by name, with what each is for. */
type Descriptions = Readonly<Record<string, string>>;

type Named<Of, Scope extends string> = {
  readonly [Name in keyof Of & string]: Expression<string, Scope>;
};

/** The secrets and variables of a repository or of one of its environments, declared and to be used. */
export interface Settings<
  Name extends string = string,
  Variables = Descriptions,
  Secrets = Descriptions,
> {
  /** The environment, or '' for the repository itself. */
  readonly name: Name;
  readonly declared: Declared<Variables, Secrets>;
  readonly vars: Named<Variables, Name extends '' ? never : `the environment ${Name}`>;
  readonly secrets: Named<
    Secrets,
    Name extends '' ? 'a secret' : 'a secret' | `the environment ${Name}`
  >;
}

interface Declared<Variables, Secrets> {
  readonly variables: Variables;
  /** Names of the variables and secrets that may stay empty. */
  readonly optional: readonly string[];
  readonly secrets: Secrets;
}

type Given<V, S> = {
  readonly variables?: V;
  readonly optional?: readonly ((keyof V | keyof S) & string)[];
  readonly secrets?: S;
};

const all: Settings[] = [];

/** Everything that was declared, in the order of the source. */
export function declaredSettings(): readonly Settings[] {
  return all;
}

/** Declares the secrets and variables of a GitHub environment: only a job that names the environment can use them. */
export function environment<
  const Name extends string,
  const V extends Descriptions = Record<never, string>,
  const S extends Descriptions = Record<never, string>,
>(name: Name, { variables, optional, secrets }: Given<V, S>): Settings<Name, V, S> {
  const made: Settings<Name, V, S> = {
    name,
    declared: {
      variables: variables ?? ({} as V),
      optional: optional ?? [],
      secrets: secrets ?? ({} as S),
    },
    vars: context('vars'),
    secrets: context('secrets'),
  };
  all.push(made as unknown as Settings);
  return made;
}

/** Declares the secrets and variables of the repository itself: every job can use them. */
export function repository<
  const V extends Descriptions = Record<never, string>,
  const S extends Descriptions = Record<never, string>,
>(given: Given<V, S>): Settings<'', V, S> {
  return environment('', given);
}

/** The variables and secrets that may not stay empty, by name: for a step that checks them. */
export function required<
  Variables extends Descriptions,
  Secrets extends Descriptions,
  Name extends string,
>({
  declared,
  vars,
  secrets,
}: Settings<Name, Variables, Secrets>): Readonly<
  Record<string, Expression<string, ScopeOf<(typeof secrets)[keyof Secrets & string]>>>
> {
  const needed = (names: object) =>
    Object.keys(names).filter((name) => !declared.optional.includes(name));
  return Object.fromEntries([
    ...needed(declared.variables).map((name) => [name, vars[name]]),
    ...needed(declared.secrets).map((name) => [name, secrets[name]]),
  ]);
}
