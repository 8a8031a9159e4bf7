import { parse } from 'yaml';
import { z } from 'zod';
import { UserError } from '../terminal/errors.ts';

/** An action's action.yml, as far as those who use the action have to know it. */
export interface Metadata {
  readonly using: string;
  /** In the order of the file. */
  readonly inputs: ReadonlyMap<string, Input>;
  readonly outputs: readonly string[];
}

export interface Input {
  readonly description?: string;
  readonly required: boolean;
  /** As the action gets it: always a text. */
  readonly default?: string;
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const schema = z.object({
  // An input or output without a word about it is a key without a value.
  inputs: z
    .record(
      z.string(),
      z.nullable(
        z.object({
          description: z.string().nullish(),
          required: z.boolean().nullish(),
          default: text.nullish(),
        }),
      ),
    )
    .nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
  runs: z.object({ using: z.string() }),
});

/** Reads the text of an action.yml; `name` is how an error calls it. Throws `UserError` where it is not one. */
export function parseMetadata(content: string, name: string): Metadata {
  const { inputs, outputs, runs } = validate(content, name);
  return {
    using: runs.using,
    inputs: new Map(
      Object.entries(inputs ?? {}).map(([input, facts]) => [
        input,
        {
          required: facts?.required ?? false,
          ...(facts?.description ? { description: facts.description.trim() } : {}),
          ...(facts?.default == null ? {} : { default: facts.default }),
        },
      ]),
    ),
    outputs: Object.keys(outputs ?? {}),
  };
}

function validate(content: string, name: string): z.output<typeof schema> {
  let value: unknown;
  try {
    value = parse(content);
  } catch (error) {
    throw new UserError(`${name} is not YAML: ${String(error)}`, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(
    `${name} is not the metadata of an action:\n${z.prettifyError(result.error)}`,
  );
}
