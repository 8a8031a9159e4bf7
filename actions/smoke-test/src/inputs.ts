import { z } from 'zod';
import { InvalidInput } from '../../shared/src/errors.ts';
import { parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { type Check, checksSchema } from './checks.ts';

const schema = z.object({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/, 'must be an address such as https://staging.example.org')
    .transform((url) => url.replace(/\/+$/, '')),
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'must be a full commit of 40 hexadecimal digits'),
  checks: z.string(),
  timeout: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number of seconds from 1 to 9999')
    .default('120')
    .transform(Number),
});

export interface Inputs {
  /** Without a slash at its end. */
  readonly url: string;
  readonly commit: string;
  readonly checks: readonly Check[];
  /** Seconds. */
  readonly timeout: number;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read);
  return { ...parsed, checks: parseChecks(parsed.checks) };
}

function parseChecks(text: string): Check[] {
  const result = checksSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `input checks, at ${issue.path.join('/') || 'the top'}: ${issue.message}`,
  );
  throw new InvalidInput(problems.join('\n'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(`input checks is not JSON: ${String(error)}`, { cause: error });
  }
}
