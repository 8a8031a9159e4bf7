import type { GeneratedSecret } from '../project/local-run.ts';

type Several = readonly [string, ...string[]];

/** What a value has to be: how it is made, and what `doctor` and `stage` ask of it. */
export type ValueKind =
  /** One of these. */
  | { readonly is: 'choice'; readonly of: Several }
  /** Text; `pattern` is an extended regular expression that it matches, without blanks and intervals. */
  | { readonly is: 'text'; readonly pattern?: string }
  /** A random value that `init` makes, of at least `least` characters, and nobody else's. */
  | { readonly is: 'secret'; readonly generate: GeneratedSecret; readonly least: number }
  /** A key that somebody else gives, which begins with one of these. */
  | { readonly is: 'key'; readonly prefixes: Several }
  /** What a browser calls origins, with commas between. */
  | { readonly is: 'origins' }
  | { readonly is: 'url'; readonly schemes: Several }
  /** A URL with the values of three other variables in it, which leads to a service of the stack. */
  | {
      readonly is: 'database';
      readonly driver: string;
      readonly service: string;
      readonly user: string;
      readonly password: string;
      readonly name: string;
    };

/** A variable of the server's environment file. */
export interface EnvironmentVariable {
  readonly kind: ValueKind;
  /** What it is, in a few words, for the table in the documentation. */
  readonly what: string;
  /** The services that get it. */
  readonly for: Several;
  /** What production has instead. */
  readonly production: string;
  /** Whether it has to be set; true where it is not given. The name of a service: where that one runs. */
  readonly required?: boolean | (string & {});
  /**
   * Its value in the example; one that begins with CHANGE_ME, made from the name, for a secret or a key without one. What
   * need not be set and has none stands there commented out. `{port}` is the one that the proxy publishes.
   */
  readonly example?: string;
  /** What the example says above it, in the project's language. */
  readonly comment?: string;
  /** What `init` asks, where it cannot know the value. */
  readonly question?: string;
}

/** The variables of the server's environment file, in its order. */
export interface EnvironmentFile {
  /** What the example says first, in the project's language. */
  readonly introduction: string;
  /** The variables by their names, under headings. */
  readonly sections: Readonly<Record<string, Readonly<Record<string, EnvironmentVariable>>>>;
}

/** A variable with its name, and what is left out filled in. */
export interface NamedVariable extends EnvironmentVariable {
  readonly name: string;
  readonly required: boolean | string;
  readonly example: string;
  /** Whether its value is for nobody else's eyes. */
  readonly secret: boolean;
}

/** The variables of a file in their order. */
export function variablesOf(file: EnvironmentFile): readonly NamedVariable[] {
  return Object.values(file.sections).flatMap((variables) =>
    Object.entries(variables).map(([name, variable]) => ({
      ...variable,
      name,
      required: variable.required ?? true,
      example: variable.example ?? placeholderOf(name, variable.kind),
      secret: ['secret', 'key', 'database'].includes(variable.kind.is),
    })),
  );
}

function placeholderOf(name: string, kind: ValueKind): string {
  if (kind.is === 'key') return `CHANGE_ME_${kind.prefixes[0]}`;
  return kind.is === 'secret' ? `CHANGE_ME_${name.toLowerCase()}` : '';
}
