import type { SmokeCheck } from './checks/types.ts';
import type { Host } from './host/host.ts';
import { createClient } from './http/client.ts';
import { wayInWords } from './http/way.ts';
import type { Inputs } from './inputs.ts';
import { asksHostOnly, kindOf } from './kinds/index.ts';
import { placeholdersIn } from './placeholders.ts';
import type { Printer } from './printable.ts';
import { type Reach, reach } from './reach.ts';
import type { CheckResult } from './result.ts';
import type { Run } from './run.ts';
import { newRunId } from './run-id.ts';
import { runChecks } from './schedule.ts';
import type { Logs, Verdict } from './verdict.ts';

/** Where the smoke test runs, and whom it tells what. */
export interface Surroundings {
  /** The staging host, where there is a connection to it. */
  readonly host: Host | undefined;
  readonly printer: Printer;
  readonly directory: string;
  /** Is told a line whenever something changes. */
  readonly onProgress: (line: string) => void;
}

const logLines = 20;

/** Asks everything that is to be asked of a deployed application, and judges it. */
export async function judgeDeployment(inputs: Inputs, around: Surroundings): Promise<Verdict> {
  const { host, onProgress } = around;
  const { url, tunnel, tunnelTarget: target } = inputs;
  const began = Date.now();
  const deadline = began + inputs.timeout * 1000;
  const found = await reach({ url, host, tunnel, target, deadline, onChange: onProgress });
  if (found.way !== undefined && found.note !== undefined) {
    onProgress(`${found.note}: everything goes through the SSH connection`);
  }
  const run = await prepareRun(inputs, around, found);
  const results = await askAll(inputs, run, found, { ...around, deadline });
  const printed = results.map((result) => printable(result, around.printer));
  return {
    outcome: outcomeOf(results, found),
    url: url.href.replace(/\/$/, ''),
    way: around.printer.print(howAsked(found)),
    results: printed,
    duration: Date.now() - began,
    logs: await logsToBlame(results, around),
  };
}

async function prepareRun(inputs: Inputs, around: Surroundings, found: Reach): Promise<Run> {
  const { host, printer, directory } = around;
  const { url, commit, images, secrets } = inputs;
  const schema = inputs.schemaRevision || (await schemaOf(host));
  const values = new Map([
    ['commit', commit],
    ['origin', url.origin],
    ['run', newRunId()],
    ...(schema === '' ? [] : [['schema', schema] as const]),
    ...[...secrets].map(([name, value]) => [`secret.${name}`, value] as const),
  ]);
  const client = createClient(found.way ?? { url });
  return { client, host, commit, images, values, printer, directory };
}

/** What the host recorded of its last migration; '' where it cannot say. */
async function schemaOf(host: Host | undefined): Promise<string> {
  if (host === undefined) return '';
  // Why it cannot say is what the check of its containers tells.
  return await host.report().then(
    ({ schema }) => schema,
    () => '',
  );
}

async function askAll(
  { checks, url }: Inputs,
  run: Run,
  found: Reach,
  { deadline, onProgress, printer }: Surroundings & { readonly deadline: number },
): Promise<CheckResult[]> {
  const isAsked = (check: SmokeCheck) => reasonNotToAsk(check, run, found) === undefined;
  const all = [...implied(checks, url), ...checks];
  const told = new Map<SmokeCheck, string>();
  const results = await runChecks(all.filter(isAsked), run, {
    deadline,
    onChange: (result) => {
      const line = printer.print(progressLine(result));
      // The time differs from try to try, and is no news.
      const news = `${result.state} ${result.deviations.map(({ actual }) => actual).join()}`;
      if (told.get(result.check) === news) return;
      told.set(result.check, news);
      onProgress(line);
    },
  });
  const byCheck = new Map(results.map((result) => [result.check, result]));
  const asked = all.map(
    (check) => byCheck.get(check) ?? notAsked(check, run, reasonNotToAsk(check, run, found) ?? ''),
  );
  return found.way === undefined ? [unreachable(found, run), ...asked] : asked;
}

/** What an https address has to be without anybody writing it down. */
function implied(checks: readonly SmokeCheck[], url: URL): SmokeCheck[] {
  const isAsked = checks.some(({ kind }) => kind === 'tls');
  return url.protocol === 'https:' && !isAsked ? [{ kind: 'tls', name: 'TLS certificate' }] : [];
}

function reasonNotToAsk(check: SmokeCheck, run: Run, found: Reach): string | undefined {
  if (placeholdersIn(check).has('schema') && !run.values.has('schema')) {
    return 'it is not known which revision the migration left: give the input schema-revision, or the SSH connection';
  }
  const hasWay = found.way !== undefined || asksHostOnly(check);
  return hasWay ? undefined : 'the application cannot be reached';
}

function notAsked(check: SmokeCheck, run: Run, seen: string): CheckResult {
  const expected = kindOf(check).expected(check, run);
  return { check, state: 'not asked', expected, seen, deviations: [], duration: 0, tries: 0 };
}

function unreachable(found: Reach & { readonly way?: undefined }, run: Run): CheckResult {
  const { origin } = run.client.way.url;
  const what = found.askedThroughTunnel
    ? 'answer, directly or through the SSH connection'
    : 'answer';
  return {
    check: { name: `${origin} answers`, path: '/', status: 200 },
    state: 'failed',
    expected: 'an answer',
    seen: 'none',
    deviations: [{ what, expected: 'any', actual: `none: ${found.reason}` }],
    duration: 0,
    tries: 1,
  };
}

function outcomeOf(results: readonly CheckResult[], found: Reach): Verdict['outcome'] {
  if (found.way === undefined && !found.askedThroughTunnel) {
    const isBroken = results.slice(1).some(({ state }) => state === 'failed');
    return isBroken ? 'failed' : 'unreachable';
  }
  const wasAsked = results.some(({ state }) => state === 'passed');
  return wasAsked && results.every(({ state }) => state !== 'failed') ? 'passed' : 'failed';
}

function howAsked(found: Reach): string {
  if (found.way === undefined) return `in vain: ${found.reason}`;
  const note = found.note === undefined ? '' : ` since ${found.note}`;
  return `${wayInWords(found.way)}${note}`;
}

function progressLine({ check, state, deviations, duration, tries }: CheckResult): string {
  const [first] = deviations;
  const words = first ? `: ${first.what}: expected ${first.expected}, got ${first.actual}` : '';
  return `${check.name}: ${state}${words} (${duration} ms, try ${tries})`;
}

function printable(result: CheckResult, { print }: Printer): CheckResult {
  return {
    ...result,
    expected: print(result.expected),
    seen: print(result.seen),
    deviations: result.deviations.map(({ what, expected, actual }) => ({
      what: print(what),
      expected: print(expected),
      actual: print(actual),
    })),
  };
}

async function logsToBlame(
  results: readonly CheckResult[],
  { host, printer }: Surroundings,
): Promise<Logs | undefined> {
  const service = results.find(({ state }) => state === 'failed')?.check.service;
  if (service === undefined || host === undefined) return undefined;
  const text = await host
    .logs(service, logLines)
    .catch((error: unknown) => `its log cannot be read: ${String(error)}`);
  return { service, text: printer.print(text).trimEnd() };
}
