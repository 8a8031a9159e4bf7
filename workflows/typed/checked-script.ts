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
      : Problem<`others write ${Name & string}: here it stands as "$${Name & string}", in quotes of its own`>
    : never;

/** The names among `Names` that a script uses other than as "$NAME" or "${NAME}". */
type UnquotedNames<Script extends string, Names extends string> = Names extends string
  ? WithoutQuoted<Script, Names> extends
      | `${string}$${Names}${string}`
      | `${string}\${${Names}${string}`
    ? Names
    : never
  : never;

type WithoutQuoted<
  Script extends string,
  Name extends string,
> = Script extends `${infer Before}"$${Name}"${infer After}`
  ? WithoutQuoted<`${Before} ${After}`, Name>
  : Script extends `${infer Before}"\${${Name}}"${infer After}`
    ? WithoutQuoted<`${Before} ${After}`, Name>
    : Script;

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
    : Names
  : never;
