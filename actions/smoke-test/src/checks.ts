import { z } from 'zod';

const jsonValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The input `checks`: what is asked for, and what must come back. */
export const checksSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      path: z.string().startsWith('/', 'must begin with /'),
      method: z.enum(['GET', 'HEAD', 'POST', 'OPTIONS']).default('GET'),
      headers: z.record(z.string(), z.string()).default({}),
      status: z.int().min(100).max(599),
      'response-headers': z.record(z.string(), z.string().nullable()).default({}),
      contains: z.string().optional(),
      json: z
        .record(
          z.string().regex(/^(?:\/.*)?$/, 'must be a JSON pointer such as /commit'),
          jsonValue,
        )
        .default({}),
    }),
  )
  .min(1, 'must have at least one check');

export type Check = z.output<typeof checksSchema>[number];

/** The checks with the commit put in the place of `{commit}` in every expectation. */
export function planChecks(checks: readonly Check[], commit: string): Check[] {
  const fill = <Value>(value: Value): Value =>
    typeof value === 'string' ? (value.replaceAll('{commit}', commit) as Value) : value;
  const fillAll = <Value>(record: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, fill(value)]));
  return checks.map((check) => ({
    ...check,
    'response-headers': fillAll(check['response-headers']),
    json: fillAll(check.json),
    ...(check.contains !== undefined && { contains: fill(check.contains) }),
  }));
}
