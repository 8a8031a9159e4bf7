import type { IncomingMessage } from 'node:http';
import { firstError } from '../../../shared/src/first-error.ts';
import { openHttp } from '../../../shared/src/http/open.ts';
import type { GitHub } from '../github/client.ts';
import type { FailedJob, FailedStep } from './jobs.ts';

const shownLines = 15;
const longestTail = 256 * 1024;

/** What the log of a step tells. */
type StepLog = Pick<FailedStep, 'log' | 'error'>;

/** Asks GitHub for the log of a failed job's step. Throws what the API's client and Node.js throw. */
export async function fetchStepLog(
  { rest, repository }: GitHub,
  job: FailedJob,
  signal: AbortSignal,
): Promise<StepLog> {
  const answer = await rest.actions.downloadJobLogsForWorkflowRun({
    ...repository,
    job_id: job.id,
    // The log lies elsewhere, under an address that needs no token, and may be larger than one wants to hold.
    request: { signal, redirect: 'manual' },
  });
  const { location } = answer.headers;
  const data: unknown = answer.data;
  if (location === undefined) return readStepLog(typeof data === 'string' ? data : '', job);
  const log = await openHttp(new URL(location), { signal });
  if (log.statusCode !== 200) throw new Error(`the log's address answered ${log.statusCode}`);
  return readStepLog(await tailOf(log), job);
}

type StepTimes = Pick<FailedJob, 'stepBegan' | 'stepEnded'>;

/** The last lines that a step wrote, up to its end, and its first error; GitHub puts the time before each line. */
export function readStepLog(log: string, { stepBegan, stepEnded }: StepTimes): StepLog {
  const lines = log.split('\n').flatMap((line) => {
    const { time, text = line } = timed.exec(line)?.groups ?? {};
    return during(time, stepBegan, stepEnded) && text.trim() !== '' ? [text.trimEnd()] : [];
  });
  const error = lines.findLastIndex((line) => line.startsWith('##[error]'));
  // What a job does after the step that failed is not why it failed.
  const kept = error < 0 ? lines : lines.slice(0, error + 1);
  const written = kept.filter((line) => !/^##\[(?:end)?group\]/.test(line));
  return {
    log: written.map((line) => line.replace(/^##\[\w+\]/, '')).slice(-shownLines),
    error: firstError(written.join('\n')),
  };
}

const timed = /^\uFEFF?(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z (?<text>.*)$/;

/** A step's times have whole seconds only, so that the last line may seem to come after its end. */
function during(
  time: string | undefined,
  began: string | undefined,
  ended: string | undefined,
): boolean {
  if (time === undefined) return true;
  const second = (text: string) => text.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  if (began !== undefined && time < second(began)) return false;
  return ended === undefined || time <= second(ended);
}

async function tailOf(log: IncomingMessage): Promise<string> {
  let tail = '';
  for await (const chunk of log.setEncoding('utf8')) {
    tail = (tail + chunk).slice(-longestTail);
  }
  return tail;
}
