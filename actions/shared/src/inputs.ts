import type { z } from 'zod';
import { InvalidInput } from './errors.ts';

/** Gives the text of an input, '' where it is not set: `getInput` of @actions/core. */
export type ReadInput = (name: string) => string;

/** A schema of inputs, made with zod or with zod/mini. */
export type InputSchema = z.core.$ZodObject & {
  safeParse(raw: unknown): z.core.util.SafeParseResult<unknown>;
};

/**
 * Reads every input that the schema names and checks them all at once.
 *
 * Throws `InvalidInput` that lists each wrong input with its value; the values of `secrets` are not quoted.
 */
export function parseInputs<Schema extends InputSchema>(
  schema: Schema,
  read: ReadInput,
  secrets: readonly string[] = [],
): z.output<Schema> {
  const raw = Object.fromEntries(
    Object.keys(schema._zod.def.shape).map((name) => [name, read(name) || undefined]),
  );
  const result = schema.safeParse(raw);
  if (result.success) return result.data as z.output<Schema>;
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = raw[name];
    if (value === undefined) return `input ${name} is missing`;
    const quoted = secrets.includes(name) ? '(secret)' : JSON.stringify(value);
    return `input ${name} is ${quoted}: ${issue.message}`;
  });
  throw new InvalidInput(problems.join('\n'));
}

/** The lines of a multi-line input, without blanks around them and without empty ones. */
export function inputLines(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
