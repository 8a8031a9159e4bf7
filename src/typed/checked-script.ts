import type { ScopeOf } from './expression.ts';
import type { Problem } from './problem.ts';

/** What is wrong with the script of a step; `unknown` where it is right. */
export type CheckedScript<Step> = Step extends { readonly run: infer Run extends string }
  ? Record<never, never> extends Record<Run, 1>
    ? Problem<'run has to be written out: pass values through env'>
    : Run extends `${string}\${{${string}`
      ? Problem<'no expression in a script: pass the value through env and read it as "$NAME"'>
      : Or<UnquotedProblem<Run, UntrustedNames<Step>>, UnwrittenProblem<Run, DeclaredNames<Step>>>
  : unknown;

type Or<First, Second> = unknown extends First ? Second : First;

type UntrustedNames<Step> = Step extends { readonly env: infer Env extends object }
  ? {
      [Name in keyof Env & string]: 'untrusted' extends ScopeOf<Env[Name]> ? Name : never;
    }[keyof Env & string]
  : never;

type UnquotedProblem<Script extends string, Names extends string> =
  UnquotedNames<Script, Names> extends infer Name
    ? [Name] extends [never]
      ? unknown
      : Problem<`others write ${Name & string}: write "$${Name & string}" in quotes, and never in a script for eval or -c`>
    : never;

/** The names among `Names` that a script uses outside of "…", or inside of what a shell reads again. */
type UnquotedNames<Script extends string, Names extends string> = Names extends string
  ? Uses<Unquoted<WithoutEscapes<Script>>, Names>
  : never;

type WithoutEscapes<Script extends string> = Script extends `${infer Before}\\"${infer After}`
  ? WithoutEscapes<`${Before}${After}`>
  : Script;

type Unquoted<Script extends string> =
  Script extends `${infer Outside}"${infer Inside}"${infer Rest}`
    ? Outside | (Outside extends `${string}${'-c' | 'eval'} ` ? Inside : never) | Unquoted<Rest>
    : Script;

type Uses<
  Part extends string,
  Name extends string,
> = Part extends `${string}\${${Name}${'}' | ':' | '#' | '%' | '/' | '-' | '@'}${string}`
  ? Name
  : Part extends `${string}$${Name}${infer After}`
    ? After extends `${Letter}${string}`
      ? Uses<After, Name>
      : Name
    : never;

type Letter = Capital | Lowercase<Capital> | '_' | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;
type Capital =
  | ('A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M')
  | ('N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z');

type DeclaredNames<Step> = Step extends { readonly writes: readonly (infer Name extends string)[] }
  ? Name
  : never;

type UnwrittenProblem<Script extends string, Names extends string> = [
  UnwrittenNames<Script, Names>,
] extends [never]
  ? unknown
  : Problem<`the script never writes the output ${UnwrittenNames<Script, Names>} to $GITHUB_OUTPUT`>;

type UnwrittenNames<Script extends string, Names extends string> = Names extends string
  ? Script extends `${string}${Names}=${string}` | `${string}${Names}<<${string}`
    ? never
    : // A program may write what it likes.
      Script extends `${string}${'echo' | 'printf' | 'cat'} ${string}`
      ? Names
      : Script extends `${string}GITHUB_OUTPUT${string}`
        ? never
        : Names
  : never;
