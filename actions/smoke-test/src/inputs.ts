import { z } from 'zod';
import { InvalidInput } from '../../shared/src/errors.ts';
import { inputLines, parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import {
  type Connection,
  connectionFrom,
  connectionInputs,
} from '../../shared/src/ssh/connection.ts';
import { checksSchema } from './checks/schema.ts';
import type { SmokeCheck } from './checks/types.ts';
import { pairOf } from './host/report.ts';
import { placeholdersIn } from './placeholders.ts';

export const secretInputs = ['private-key', 'secrets'] as const;

const address = /^(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/;

const schema = z.object({
  url: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'must be a full commit of 40 hexadecimal digits'),
  checks: z.string(),
  timeout: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number of seconds from 1 to 9999')
    .default('120')
    .transform(Number),
  images: z.string().default(''),
  'schema-revision': z.string().default(''),
  secrets: z.string().default(''),
  tunnel: z.enum(['auto', 'true', 'false'], 'must be auto, true or false').default('auto'),
  'tunnel-target': z
    .string()
    .regex(address, 'must be host:port as the staging host sees it, such as 127.0.0.1:8080')
    .optional(),
  'report-directory': z.string().optional(),
});

const hostSchema = z.object(connectionInputs);

export interface Inputs {
  readonly url: URL;
  readonly commit: string;
  readonly checks: readonly SmokeCheck[];
  /** Seconds. */
  readonly timeout: number;
  /** What was built, by service. */
  readonly images: ReadonlyMap<string, string>;
  /** The revisions that the migration left; '' where they are not given. */
  readonly schemaRevision: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly tunnel: 'auto' | 'always' | 'never';
  readonly tunnelTarget: { readonly host: string; readonly port: number };
  /** Where reports and pictures go; undefined for a place in the runner's temporary directory. */
  readonly reportDirectory: string | undefined;
  readonly host: { readonly connection: Connection; readonly baseDirectory: string } | undefined;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read, ['url', ...secretInputs]);
  const url = parseUrl(parsed.url);
  const secrets = parseSecrets(parsed.secrets);
  const host = read('host') === '' ? undefined : parseHost(read);
  if (parsed.tunnel === 'true' && host === undefined) {
    throw new InvalidInput(
      'input tunnel is "true": it goes through the SSH connection, which needs the inputs host, user, private-key and known-hosts',
    );
  }
  return {
    url,
    commit: parsed.commit,
    checks: parseChecks(parsed.checks, secrets),
    timeout: parsed.timeout,
    images: parseImages(parsed.images),
    schemaRevision: parsed['schema-revision'],
    secrets,
    tunnel: ({ auto: 'auto', true: 'always', false: 'never' } as const)[parsed.tunnel],
    tunnelTarget: targetOf(url, parsed['tunnel-target']),
    reportDirectory: parsed['report-directory'],
    host,
  };
}

function parseHost(read: ReadInput) {
  const parsed = parseInputs(hostSchema, read, secretInputs);
  return { connection: connectionFrom(parsed), baseDirectory: parsed['base-directory'] };
}

function parseUrl(text: string): URL {
  const parsed = /^https?:\/\/[^\s?#]+$/.test(text) ? URL.parse(text) : null;
  if (parsed !== null && parsed.username === '' && parsed.password === '') return parsed;
  throw new InvalidInput(
    parsed === null
      ? `input url is ${JSON.stringify(text)}: it must be an address such as https://staging.example.org`
      : 'input url has a user name or password in it, which would be shown everywhere: leave them out, and give the checks a header Authorization with a value from the input secrets',
  );
}

function targetOf(url: URL, text: string | undefined) {
  const [, ipv6, name, port] = address.exec(text ?? '') ?? [];
  if (text !== undefined) return { host: ipv6 ?? name ?? '', port: Number(port) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
  };
}

function parseImages(text: string): Map<string, string> {
  const lines = inputLines(text);
  const wrong = lines.find((line) => !/^[A-Za-z0-9][A-Za-z0-9_-]*=\S+$/.test(line));
  if (wrong === undefined) return new Map(lines.map(pairOf));
  throw new InvalidInput(
    `input images has the line ${JSON.stringify(wrong)}: it must be service=repository@sha256:digest`,
  );
}

function parseSecrets(text: string): Map<string, string> {
  const pairs = inputLines(text).map(pairOf);
  for (const [name, value] of pairs) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new InvalidInput('input secrets has a line that is not NAME=value');
    }
    if (value === '') {
      throw new InvalidInput(
        `input secrets: ${name} is empty: set the secret that it comes from, see the settings of the repository and its environment`,
      );
    }
  }
  return new Map(pairs);
}

function parseChecks(text: string, secrets: ReadonlyMap<string, string>): SmokeCheck[] {
  const result = checksSchema.safeParse(parseJson(text));
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `input checks, at ${issue.path.join('/') || 'the top'}: ${issue.message}`,
    );
    throw new InvalidInput(problems.join('\n'));
  }
  const problems = result.data.flatMap((check) => placeholderProblems(check, secrets));
  if (problems.length > 0) throw new InvalidInput(problems.join('\n'));
  return result.data;
}

const known: readonly string[] = ['commit', 'origin', 'run', 'schema'];

/** A name in braces that nobody fills in would be sent as it is, and fail in some odd way. */
function placeholderProblems(check: SmokeCheck, secrets: ReadonlyMap<string, string>): string[] {
  const taken = check.kind === 'sequence' ? check.steps.flatMap(namesTaken) : [];
  return [...placeholdersIn(withoutPatterns(check))].flatMap((name) => {
    const secret = /^secret\.(.+)$/.exec(name)?.[1];
    if (secret !== undefined) {
      return secrets.has(secret)
        ? []
        : [`check "${check.name}" needs {${name}}: add a line ${secret}=… to the input secrets`];
    }
    if (known.includes(name) || taken.includes(name)) return [];
    const allowed = [...known, 'secret.NAME', ...taken].map((each) => `{${each}}`).join(', ');
    return [`check "${check.name}" has {${name}}, which nothing fills in; there are ${allowed}`];
  });
}

function namesTaken(step: object): string[] {
  return 'take' in step ? Object.keys(step.take as object) : [];
}

/** Braces mean something else in a regular expression. */
function withoutPatterns(check: SmokeCheck): unknown {
  return JSON.parse(
    JSON.stringify(check, (key, value: unknown) =>
      key === 'pattern' || key === 'allowed-errors' ? undefined : value,
    ),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(`input checks is not JSON: ${String(error)}`, { cause: error });
  }
}
