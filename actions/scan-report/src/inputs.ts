import * as z from 'zod/mini';
import { InvalidInput } from '../../shared/src/errors.ts';
import { inputLines, parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { type Severity, severities } from './finding.ts';
import { type Exception, exceptionsSchema } from './judge/exceptions.ts';
import { type Scan, scansSchema } from './scan.ts';

const schema = z.object({
  scans: z.string(),
  images: z._default(z.string(), ''),
  severity: z._default(z.string(), 'HIGH,CRITICAL'),
  'ignore-unfixed': z._default(z.enum(['true', 'false'], 'must be true or false'), 'true'),
  exceptions: z._default(z.string(), '[]'),
  baseline: z.optional(z.string()),
  'may-lack': z._default(z.string(), ''),
  'registry-username': z.optional(z.string()),
  'registry-password': z.optional(z.string()),
  'time-limit': z._default(
    z.string().check(z.regex(/^[1-9]\d{0,3}$/, 'must be a number of seconds from 1 to 9999')),
    '300',
  ),
  directory: z._default(z.string(), 'scan'),
});

export interface Inputs {
  readonly scans: readonly Scan[];
  readonly gate: Gate;
  readonly exceptions: readonly Exception[];
  /** Undefined where everything counts. */
  readonly baseline: string | undefined;
  readonly mayLack: ReadonlySet<string>;
  readonly login: Login | undefined;
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly directory: string;
}

/** What of all that is found fails, besides secrets. */
export interface Gate {
  readonly severities: ReadonlySet<Severity>;
  readonly ignoreUnfixed: boolean;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read, ['registry-password']);
  const { 'registry-username': username, 'registry-password': password } = parsed;
  const scans = withImages(parseJson('scans', parsed.scans, scansSchema), parsed.images);
  const twice = scans.find(
    ({ name }, index) => scans.findIndex((each) => each.name === name) < index,
  );
  if (twice) throw new InvalidInput(`input scans has two scans of the name ${twice.name}`);
  return {
    scans,
    gate: {
      severities: new Set(parseSeverities(parsed.severity)),
      ignoreUnfixed: parsed['ignore-unfixed'] === 'true',
    },
    exceptions: parseJson('exceptions', parsed.exceptions, exceptionsSchema),
    baseline: parsed.baseline,
    mayLack: new Set(parsed['may-lack'].split(/\s+/).filter((name) => name !== '')),
    login: username && password ? { username, password } : undefined,
    timeLimit: Number(parsed['time-limit']) * 1000,
    directory: parsed.directory,
  };
}

function withImages(scans: readonly Scan[], text: string): Scan[] {
  const images = new Map(
    inputLines(text).map((line): [string, string] => {
      const [name = '', image = ''] = line.split(/=(.*)/s);
      return [name, image];
    }),
  );
  return scans.map((scan) => {
    if (scan.kind !== 'image') return scan;
    const image = images.get(scan.name) || scan.image;
    if (image !== '') return { ...scan, image };
    throw new InvalidInput(
      `input images says nothing of ${scan.name}, and neither does input scans: which image is it?`,
    );
  });
}

function parseSeverities(text: string): Severity[] {
  return text.split(',').map((word) => {
    const severity = severities.find((each) => each === word.trim().toUpperCase());
    if (severity) return severity;
    throw new InvalidInput(
      `input severity has ${JSON.stringify(word)}: there are ${severities.join(', ')}`,
    );
  });
}

function parseJson<Of extends z.ZodMiniType>(name: string, text: string, of: Of): z.output<Of> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(`input ${name} is no JSON: ${String(error)}`, { cause: error });
  }
  const result = of.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues
      .map(({ path, message }) => `input ${name}, at ${path.join('/') || 'the top'}: ${message}`)
      .join('\n'),
  );
}
