import * as z from 'zod/mini';
import { InvalidInput } from '../../../shared/src/errors.ts';

const results = ['success', 'failure', 'cancelled', 'skipped'] as const;

/** What the expression `toJSON(needs)` gives: the result of every job before this one. */
const schema = z.record(z.string(), z.object({ result: z.enum(results) }));

export type Needs = z.output<typeof schema>;
export type JobResult = (typeof results)[number];

/** Reads the input `needs`. Throws `InvalidInput` where it is not what `toJSON(needs)` gives. */
export function parseNeeds(text: string): Needs {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInput('input needs is not JSON: it must be ${{ toJSON(needs) }}', {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidInput(
    `input needs, at ${issue?.path.join('.') || 'the top'}: ${issue?.message}. It must be \${{ toJSON(needs) }}`,
  );
}
