import * as z from 'zod/mini';
import { InvalidInput } from '../../shared/src/errors.ts';
import { inputLines, parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { type ReleaseState, releaseStateFrom } from './decide/release-state.ts';
import {
  type Migration,
  parseMigrations,
  parseScanCounts,
  parseSmokeResults,
  parseSuiteResults,
  type ScanCount,
  type SmokeResult,
  type SuiteResult,
} from './read/details.ts';
import { type HostStatus, parseHostStatus } from './read/host-status.ts';
import { type Mentions, parseMentions } from './read/mention.ts';
import { type Needs, parseNeeds } from './read/needs.ts';
import { type Operation, operations } from './read/operation.ts';
import { parseStages, type Stages } from './read/stages.ts';
import { type Locale, locales } from './render/texts/languages.ts';
import { type Destination, type MessagePlace, parsePlace } from './slack/destination.ts';

export const secretInputs = ['webhook-url', 'bot-token', 'github-token'] as const;

/** The part of the run that is told: its start, how far it is, what came of it. */
export const phases = ['start', 'progress', 'finish'] as const;
export type Phase = (typeof phases)[number];

const webAddress = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s<>|]+$/, 'must be an address that begins with https://'));

const name = z.string().check(z.regex(/^[\w.:+-]{1,100}$/, 'must be one word, such as staging'));

const flag = z.pipe(
  z._default(z.enum(['true', 'false'], 'must be true or false'), 'false'),
  z.transform((text) => text === 'true'),
);

const schema = z.object({
  phase: z._default(z.enum(phases, 'must be start, progress or finish'), 'finish'),
  needs: z.optional(z.string()),
  'webhook-url': z.optional(z.string()),
  'bot-token': z.optional(z.string()),
  channel: z.optional(
    z
      .string()
      .check(z.regex(/^[#A-Za-z0-9][^\s<>,]*$/, 'must be a channel such as #staging-alerts')),
  ),
  message: z.optional(z.string()),
  locale: z._default(z.enum(locales, 'must be fr or en'), 'fr'),
  operation: z._default(z.enum(operations, 'must be deploy, redeploy, rollback or test'), 'deploy'),
  stages: z._default(z.string(), ''),
  'optional-jobs': z._default(z.string(), ''),
  environment: z._default(name, 'staging'),
  'environment-url': z.optional(webAddress),
  release: z.optional(z.string()),
  'release-state': z._default(z.string(), 'unknown'),
  'host-status': z.optional(z.string()),
  'previous-release': z.optional(z.string()),
  commit: z.optional(z.string()),
  'migration-from': z.optional(z.string()),
  'migration-to': z.optional(z.string()),
  migrations: z.optional(z.string()),
  'scan-counts': z.optional(z.string()),
  'smoke-results': z.optional(z.string()),
  'suite-results': z.optional(z.string()),
  mention: z._default(z.string(), ''),
  'record-outcome': flag,
  'time-budget': z.pipe(
    z._default(z.string(), '20'),
    z
      .pipe(z.transform(Number), z.number())
      .check(z.minimum(1, 'must be 1 to 300 seconds'), z.maximum(300, 'must be 1 to 300 seconds')),
  ),
  required: flag,
  'github-token': z.optional(z.string()),
  'slack-api-url': z._default(webAddress, 'https://slack.com/api/'),
});

type Parsed = z.output<typeof schema>;

export interface Inputs {
  readonly phase: Phase;
  readonly needs: Needs;
  readonly destination: Destination;
  /** The message of this run, where one is there already. */
  readonly message: MessagePlace | undefined;
  readonly locale: Locale;
  readonly operation: Operation;
  readonly stages: Stages;
  /** Ids of jobs that need not run. */
  readonly optionalJobs: ReadonlySet<string>;
  readonly environment: string;
  readonly environmentUrl: string | undefined;
  readonly release: string | undefined;
  /** Where the release stands, as the jobs say. */
  readonly state: ReleaseState;
  /** What the hosts say; undefined where they were not asked. */
  readonly host: HostStatus | undefined;
  readonly previousRelease: string | undefined;
  readonly commit: string | undefined;
  readonly migrationFrom: string | undefined;
  readonly migrationTo: string | undefined;
  readonly migrations: readonly Migration[];
  readonly scanCounts: readonly ScanCount[];
  readonly smokeResults: readonly SmokeResult[];
  readonly suiteResults: readonly SuiteResult[];
  readonly mentions: Mentions;
  readonly recordOutcome: boolean;
  /** Milliseconds. */
  readonly timeBudget: number;
  readonly githubToken: string | undefined;
  /** What other jobs gave that cannot be read, in words: the message is sent without it. */
  readonly problems: readonly string[];
}

/** Reads and checks all inputs. Throws `InvalidInput` for what the author of the workflow has to mend. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read, secretInputs);
  const problems: string[] = [];
  /** What another job made is no reason to keep the message back. */
  const orNothing = <Value>(name: keyof Parsed, parse: (text: string) => Value) => {
    const text = parsed[name];
    if (typeof text !== 'string') return undefined;
    try {
      return parse(text);
    } catch {
      problems.push(`input ${name} cannot be read, so the message is sent without it`);
      return undefined;
    }
  };
  // Hosts that say what nobody understands tell as little as hosts that do not answer.
  const unreadable = parsed['host-status'] === undefined ? undefined : 'unreachable';
  return {
    phase: parsed.phase,
    needs: needsOf(parsed),
    destination: destinationFrom(parsed),
    message: orNothing('message', parsePlace),
    locale: parsed.locale,
    operation: parsed.operation,
    stages: parseStages(parsed.stages),
    optionalJobs: new Set(inputLines(parsed['optional-jobs'])),
    environment: parsed.environment,
    environmentUrl: parsed['environment-url'],
    release: orNothing('release', word),
    state: releaseStateFrom(parsed['release-state']),
    host: orNothing('host-status', parseHostStatus) ?? unreadable,
    previousRelease: orNothing('previous-release', word),
    commit: orNothing('commit', sha),
    migrationFrom: parsed['migration-from'],
    migrationTo: parsed['migration-to'],
    migrations: orNothing('migrations', parseMigrations) ?? [],
    scanCounts: orNothing('scan-counts', parseScanCounts) ?? [],
    smokeResults: orNothing('smoke-results', parseSmokeResults) ?? [],
    suiteResults: orNothing('suite-results', parseSuiteResults) ?? [],
    mentions: parseMentions(parsed.mention),
    recordOutcome: parsed['record-outcome'],
    timeBudget: parsed['time-budget'] * 1000,
    githubToken: parsed['github-token'],
    problems,
  };
}

function word(text: string): string {
  if (!/^\w[\w.-]{0,99}$/.test(text)) throw new Error('it is not one word');
  return text;
}

function sha(text: string): string {
  if (!/^[0-9a-f]{7,64}$/.test(text)) throw new Error('it is no SHA');
  return text;
}

/** Tells whether a message that is not delivered fails the step; an unreadable input reads as no. */
export function isRequired(read: ReadInput): boolean {
  return read('required') === 'true';
}

function needsOf({ needs, phase }: Parsed): Needs {
  if (needs !== undefined) {
    const parsed = parseNeeds(needs);
    if (phase !== 'finish' || Object.keys(parsed).length > 0) return parsed;
  }
  if (phase === 'start') return {};
  throw new InvalidInput(
    `input needs must name at least one job at phase ${phase}: it must be \${{ toJSON(needs) }}`,
  );
}

function destinationFrom(parsed: Parsed): Destination {
  const url = parsed['webhook-url'];
  const token = parsed['bot-token'];
  const { channel } = parsed;
  if ((url === undefined) === (token === undefined)) {
    throw new InvalidInput(
      'give one of the inputs webhook-url and bot-token: without either there is nowhere to send the message to',
    );
  }
  if (url !== undefined) return { kind: 'webhook', url };
  if (token !== undefined && channel !== undefined) {
    return { kind: 'bot', token, channel, apiUrl: parsed['slack-api-url'] };
  }
  throw new InvalidInput(
    'input channel is missing: a bot posts to a channel, such as #staging-alerts',
  );
}
