import { InvalidInput } from '../../actions/shared/src/errors.ts';
import {
  type EnvironmentFile,
  type NamedVariable,
  variablesOf,
} from '../../src/environment/variable.ts';
import { generateSecret } from '../local/surroundings/generated-secret.ts';

/** How a variable gets its value in a new file. */
export interface ValueSource {
  readonly variable: NamedVariable;
  readonly from: 'generated' | 'environment' | 'asked' | 'example';
}

/** Says for each variable where its value will come from: nothing is asked that is known. */
export function planValues(
  file: EnvironmentFile,
  given: Readonly<Record<string, string | undefined>>,
): readonly ValueSource[] {
  return variablesOf(file)
    .filter(
      ({ required, example, kind }) => required !== false || example !== '' || kind.is === 'secret',
    )
    .map((variable) => ({ variable, from: sourceOf(variable, given) }));
}

function sourceOf(
  { name, kind, question }: NamedVariable,
  given: Readonly<Record<string, string | undefined>>,
): ValueSource['from'] {
  if (kind.is === 'secret') return 'generated';
  if (question === undefined) return 'example';
  return given[name] ? 'environment' : 'asked';
}

export interface Answers {
  /** Variables of this process, by which a script answers. */
  readonly given: Readonly<Record<string, string | undefined>>;
  /** Asks a person; undefined where there is none. An empty answer takes `preset`. */
  readonly ask: ((question: string, preset: string) => Promise<string>) | undefined;
}

/** Makes the values of a new file. Throws `InvalidInput` that names each variable that has none, or a wrong one. */
export async function makeValues(
  plan: readonly ValueSource[],
  { given, ask }: Answers,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const faults: string[] = [];
  for (const { variable, from } of plan) {
    const { name, kind, example, question = name } = variable;
    // What nobody could use is no answer to take by pressing return.
    const preset = example.includes('CHANGE_ME') ? '' : example;
    if (from === 'example') continue;
    const value =
      from === 'generated' && kind.is === 'secret'
        ? generateSecret(kind.generate)
        : from === 'environment'
          ? (given[name] ?? '')
          : ((await ask?.(`${question} (${name})`, preset)) ?? preset) || preset;
    const fault = answerFault(variable, value);
    if (fault !== undefined) faults.push(`${name} ${fault}`);
    else values.set(name, value);
  }
  if (faults.length > 0) throw new InvalidInput(faults.join('\n'));
  return values;
}

/** What is wrong with an answer, before it is in a file that `doctor` looks at; no part of it. */
function answerFault({ name, kind }: NamedVariable, value: string): string | undefined {
  if (value === '') return `cannot be known: set the variable ${name} where this command runs`;
  if (!/^[!-~]+$/.test(value) || /["'`$#\\]/.test(value))
    return 'has a blank or one of " \' ` $ # \\, which mean something in this file';
  if (kind.is === 'key' && !kind.prefixes.some((prefix) => value.startsWith(prefix)))
    return `does not begin with ${kind.prefixes.join(' or ')}`;
  if (kind.is === 'origins' && !value.split(',').every(isOrigin))
    return 'has to be origins such as https://staging.example.com, with commas between';
  return undefined;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
