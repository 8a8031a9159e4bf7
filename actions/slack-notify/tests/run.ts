import { collectFacts, type Facts, type Findings } from '../src/decide/facts.ts';
import { type Inputs, readInputs } from '../src/inputs.ts';
import type { JobResult, Needs } from '../src/read/needs.ts';
import type { RunContext } from '../src/read/run-context.ts';

export const began = new Date('2026-01-31T12:00:00Z');
const minutes = 60_000;

export const context: RunContext = {
  owner: 'azals',
  repo: 'azals',
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  runId: 7,
  runNumber: 12,
  attempt: 1,
  sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  branch: 'develop',
  actor: 'camille',
  requester: 'azals/azals#7',
  workflowFile: 'staging.yml',
  head: undefined,
};

export const noFindings: Findings = {
  commit: {
    message: 'Add the city of a customer\n\nLong text.',
    author: 'Camille',
    login: 'camille',
  },
  began,
  failedSteps: [],
  transition: undefined,
  lastGood: undefined,
  displaced: [],
  journals: undefined,
};

/** What `toJSON(needs)` gives for these results. */
export function needs(results: Readonly<Record<string, JobResult>>): Needs {
  return Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }]));
}

/** The action's inputs as they are read, with what every call needs. */
export function inputs(values: Readonly<Record<string, string>> = {}): Inputs {
  const all: Record<string, string> = {
    'bot-token': 'xoxb-0000-stand-in',
    channel: '#staging-alerts',
    'environment-url': 'https://staging.example.org',
    release: '20260131T120000Z-0a1b2c3',
    'previous-release': '20260130T090000Z-9f8e7d6',
    ...values,
  };
  return readInputs((name) => all[name] ?? '');
}

/** The facts of a run that ended twelve minutes after it began. */
export function factsOf(
  values: Readonly<Record<string, string>>,
  findings: Partial<Findings> = {},
  run: Partial<RunContext> = {},
): Facts {
  return collectFacts({
    inputs: inputs(values),
    context: { ...context, ...run },
    findings: { ...noFindings, ...findings },
    now: new Date(began.getTime() + 12 * minutes),
  });
}
