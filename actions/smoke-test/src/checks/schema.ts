import { z } from 'zod';
import type { BrowserStep, SmokeCheck, Step } from './types.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const path = z.string().startsWith('/', 'must begin with /');
const positive = z.number().positive();
const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const pointer = z.string().regex(/^(?:\/.*)?$/, 'must be a JSON pointer such as /commit');
const pattern = z.string().refine(isPattern, 'must be a regular expression');
const service = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be the name of a service');
const variable = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, 'must be a name of small letters, such as token');

const matcher = z.strictObject({
  type: z.enum(['string', 'number', 'boolean', 'object', 'array', 'null']).optional(),
  pattern: pattern.optional(),
  'one-of': z.array(scalar).min(1).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  count: z
    .union([
      z.int().min(0),
      z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() }),
    ])
    .optional(),
  'same-words': z.string().optional(),
  absent: z.boolean().optional(),
});

const request = {
  path,
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
};

const status = z.int().min(100).max(599);
const statuses = z.union([status, z.array(status).min(1)]);

const expectation = {
  status: statuses.optional(),
  'response-headers': z
    .record(z.string(), z.union([z.string(), z.null(), z.strictObject({ pattern })]))
    .optional(),
  contains: texts.optional(),
  lacks: texts.optional(),
  json: z.record(pointer, z.union([scalar, matcher])).optional(),
  within: positive.optional(),
};

const take = z.union([
  pointer,
  z.strictObject({ json: pointer, secret: z.boolean().optional() }),
  z.strictObject({ header: z.string().min(1), secret: z.boolean().optional() }),
]);

const command = {
  service,
  command: z.array(z.string()).min(1),
  environment: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable’s name'), z.string())
    .optional(),
  contains: texts.optional(),
  pattern: pattern.optional(),
};

const name = z.string().min(1);
const stepName = { name: name.optional() };

const commandStep = z.strictObject({ ...stepName, ...command });
const requestStep = z.strictObject({
  ...stepName,
  ...request,
  ...expectation,
  take: z.record(variable, take).optional(),
});
const step = oneOf<Step>((value) => ('command' in value ? commandStep : requestStep));

const target = z.union([
  z.strictObject({ role: z.string().min(1), name: z.string().optional() }),
  z.strictObject({ label: z.string().min(1) }),
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ css: z.string().min(1) }),
]);

const browserSteps = {
  open: z.strictObject({ open: path }),
  fill: z.strictObject({ fill: target, with: z.string() }),
  click: z.strictObject({ click: target }),
  press: z.strictObject({ press: z.string().min(1) }),
  see: z.strictObject({ see: target, 'at-least': z.int().min(1).optional() }),
  'see-not': z.strictObject({ 'see-not': target }),
  at: z.strictObject({ at: path }),
  reload: z.strictObject({ reload: z.literal(true) }),
} as const;
const browserStep = oneOf<BrowserStep>((value) => {
  const known = Object.entries(browserSteps).find(([key]) => key in value);
  return known?.[1] ?? `must have one of ${Object.keys(browserSteps).join(', ')}`;
});

const base = {
  name,
  service: service.optional(),
  severity: z.enum(['failure', 'warning']).optional(),
};

const kinds = {
  request: z.strictObject({
    kind: z.literal('request').optional(),
    ...base,
    ...request,
    ...expectation,
    status: statuses,
    'in-a-row': z.int().min(1).max(100).optional(),
  }),
  sequence: z.strictObject({
    kind: z.literal('sequence'),
    ...base,
    steps: z.array(step).min(1),
    cleanup: z.array(step).optional(),
  }),
  page: z.strictObject({
    kind: z.literal('page'),
    ...base,
    path,
    'deep-links': z.array(path).optional(),
    'missing-asset': path.optional(),
  }),
  browser: z.strictObject({
    kind: z.literal('browser'),
    ...base,
    path,
    steps: z.array(browserStep).optional(),
    browser: z.enum(['required', 'if available']).optional(),
    'allowed-errors': z.array(pattern).optional(),
    viewport: z.strictObject({ width: z.int().min(1), height: z.int().min(1) }).optional(),
  }),
  latency: z.strictObject({
    kind: z.literal('latency'),
    ...base,
    ...request,
    status: status.optional(),
    samples: z.int().min(2).max(200).optional(),
    p95: positive,
  }),
  'rate-limit': z.strictObject({
    kind: z.literal('rate-limit'),
    ...base,
    ...request,
    requests: z.int().min(1).max(5000),
    'served-again-within': positive.optional(),
  }),
  containers: z.strictObject({
    kind: z.literal('containers'),
    ...base,
    services: z.array(service).min(1).optional(),
    label: z.union([z.string().min(1), z.literal(false)]).optional(),
    replicas: z.record(service, z.int().min(1)).optional(),
  }),
  command: z.strictObject({
    kind: z.literal('command'),
    ...base,
    ...command,
    first: z.boolean().optional(),
  }),
  tls: z.strictObject({
    kind: z.literal('tls'),
    ...base,
    'days-left': positive.optional(),
  }),
} as const;

/** The check of the kind that it names; without one it is a request. */
const check = oneOf<SmokeCheck>(({ kind = 'request' }) =>
  typeof kind === 'string' && Object.hasOwn(kinds, kind)
    ? kinds[kind as keyof typeof kinds]
    : `kind must be one of ${Object.keys(kinds).join(', ')}`,
);

/** The input `checks`: what is asked for, and what must come back. */
export const checksSchema = z.array(check).min(1, 'must have at least one check');

/**
 * What a function finds in a value decides which schema it has to meet, so that a mistake is named and not just refused.
 * The types say the same as the schemas, but for what is optional, which zod also takes as undefined.
 */
function oneOf<Value>(choose: (value: Record<string, unknown>) => z.ZodType | string) {
  return z.unknown().transform((value, context): Value => {
    const issue = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      issue([], 'must be an object');
      return z.NEVER;
    }
    const chosen = choose(value as Record<string, unknown>);
    if (typeof chosen === 'string') {
      issue([], chosen);
      return z.NEVER;
    }
    const result = chosen.safeParse(value);
    if (result.success) return result.data as Value;
    for (const { path: at, message } of result.error.issues) issue([...at], message);
    return z.NEVER;
  });
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
