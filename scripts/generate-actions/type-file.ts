import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { PermissionRange } from '../../src/typed/action-facts.ts';
import { UserError } from '../terminal/errors.ts';

const scalars = [
  z.strictObject({ type: z.enum(['string', 'boolean', 'integer', 'float']) }),
  z.strictObject({ type: z.literal('enum'), 'allowed-values': z.array(z.string()).min(1) }),
] as const;

const list = z.strictObject({
  type: z.literal('list'),
  separator: z.string().min(1),
  'list-item': z.discriminatedUnion('type', scalars),
});

const range = z
  .string()
  .regex(
    /^(?:read|write|none\.\.read|none\.\.write|read\.\.write)$/,
    'must be read, write or at least..at most, such as none..write',
  )
  .transform((text): PermissionRange => {
    const [least, most = least] = text.split('..') as PermissionRange['least'][];
    return { least: least ?? 'none', most: most ?? 'none' };
  });

const scopes = [
  ...['actions', 'artifact-metadata', 'attestations', 'checks', 'code-quality', 'contents'],
  ...['deployments', 'discussions', 'id-token', 'issues', 'models', 'packages', 'pages'],
  ...['pull-requests', 'repository-projects', 'security-events', 'statuses'],
];

const scope = z
  .string()
  .refine((name) => scopes.includes(name), `must be one of ${scopes.join(', ')}`);

const schema = z.record(
  z.string(),
  z.strictObject({
    inputs: z.record(z.string(), z.discriminatedUnion('type', [...scalars, list])).default({}),
    permissions: z.record(scope, range).default({}),
  }),
);

/** What action-types.yml says of one action. */
export type ActionTypes = z.output<typeof schema>[string];

/** The type of an input, in the words of github-actions-typing. */
export type InputType = ActionTypes['inputs'][string];

/** A type that can be an item of a list. */
export type ItemType = Exclude<InputType, { type: 'list' }>;

/** The file, and where in it each thing is. */
export interface TypeFile {
  readonly actions: Readonly<Record<string, ActionTypes>>;
  /** `FILE:LINE` of a key, such as that of an action and one of its inputs. */
  place(path: readonly PropertyKey[]): string;
}

/** Reads what action.yml files cannot say. Throws `UserError` that names the line of each thing that is wrong. */
export async function readTypeFile(root: string, typesPath: string): Promise<TypeFile> {
  const lines = new LineCounter();
  const present = existsSync(join(root, typesPath));
  const document = parseDocument(present ? await readFile(join(root, typesPath), 'utf8') : '', {
    lineCounter: lines,
  });
  const [broken] = document.errors;
  if (broken)
    throw new UserError(`${typesPath}:${broken.linePos?.[0].line ?? 1}: ${broken.message}`);
  const place = (path: readonly PropertyKey[]) =>
    `${typesPath}:${lines.linePos(offsetOf(document.contents, path)).line}`;
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { actions: result.data, place };
  const problems = result.error.issues.map((issue) => {
    const inner = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    const { message } = (issue.code === 'invalid_key' && issue.issues[0]) || issue;
    return `${place([...issue.path, ...inner])}: ${issue.path.join(' → ')}: ${message}`;
  });
  throw new UserError(problems.join('\n'));
}

/** Where the key that `path` ends with begins; where there is none, the nearest around it. */
function offsetOf(top: unknown, path: readonly PropertyKey[]): number {
  let [node, offset] = [top, 0];
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((each) => nameOf(each.key) === String(key)) : null;
    if (!pair) return offset;
    [node, offset] = [pair.value, isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset];
  }
  return offset;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
