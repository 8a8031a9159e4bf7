import type { RequestStep, SequenceCheck, Step, Take } from '../checks/types.ts';
import type { Answer } from '../http/answer.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { plainRequest } from '../http/plain-request.ts';
import { expectedInWords, judge, statusesOf } from '../judge/answer.ts';
import type { Deviation } from '../judge/deviation.ts';
import { resolvePointer } from '../judge/json-pointer.ts';
import { fill, placeholdersIn } from '../placeholders.ts';
import { type Kind, type Run, withoutHost } from '../run.ts';
import { newRunId } from '../run-id.ts';
import { commandInWords, runCommandStep } from './command.ts';
import { noneBecause } from './request.ts';

// Accounts get locked by more.
const mostRefusals = 3;

/** What a step found, beside what it took. */
interface StepOutcome {
  readonly deviations: readonly Deviation[];
  readonly enough?: number;
  readonly notAsked?: string;
}

/** Steps that hand values on, and a clean-up that comes after failures too. */
export const sequence: Kind<SequenceCheck> = {
  expected: ({ steps }) => steps.map((step) => titleOf(step)).join(' → '),
  async attempt(check, run, limit) {
    const deadline = Date.now() + limit;
    // Every try has an id of its own: what an earlier one left is not in its way.
    const values = new Map([...run.values, ['run', newRunId()]]);
    const { done, outcome } = await runSteps(check.steps, run, values, deadline);
    const left = await cleanUp(check.cleanup ?? [], run, values);
    return {
      ...outcome,
      deviations: [...outcome.deviations, ...left],
      seen: `${done} of ${check.steps.length} steps`,
    };
  },
};

async function runSteps(
  steps: readonly Step[],
  run: Run,
  values: Map<string, string>,
  deadline: number,
): Promise<{ readonly done: number; readonly outcome: StepOutcome }> {
  for (const [index, step] of steps.entries()) {
    const outcome = await runStep(step, run, values, limitOf(step, deadline));
    if (outcome.deviations.length > 0 || outcome.notAsked !== undefined) {
      return { done: index, outcome: named(outcome, `step ${index + 1}, ${titleOf(step)}`) };
    }
  }
  return { done: steps.length, outcome: { deviations: [] } };
}

// Milliseconds.
const longest = 10_000;

/** What changes something gets all the time that a step may take: to be undone, what came of it has to be known. */
function limitOf(step: Step, deadline: number): number {
  const changes = !('command' in step) && (step.method ?? 'GET') !== 'GET';
  return changes ? longest : Math.max(Math.min(longest, deadline - Date.now()), 1000);
}

/** Every step of it that can be done, whatever becomes of the others. */
async function cleanUp(
  steps: readonly Step[],
  run: Run,
  values: Map<string, string>,
): Promise<Deviation[]> {
  const deviations: Deviation[] = [];
  for (const step of steps) {
    const unknown = [...placeholdersIn(step)].filter((name) => !values.has(name));
    if (unknown.length > 0) continue;
    const outcome = await runStep(step, run, values, longest);
    deviations.push(...named(outcome, `clean-up, ${titleOf(step)}`).deviations);
  }
  return deviations;
}

function named(outcome: StepOutcome, where: string): StepOutcome {
  return {
    ...outcome,
    deviations: outcome.deviations.map((each) => ({ ...each, what: `${where}: ${each.what}` })),
  };
}

async function runStep(
  step: Step,
  run: Run,
  values: Map<string, string>,
  limit: number,
): Promise<StepOutcome> {
  if ('command' in step) {
    if (run.host === undefined) return { deviations: [], notAsked: withoutHost.notAsked ?? '' };
    return await runCommandStep(fill(step, values), run.host, limit);
  }
  return await runRequest(step, run, values, limit);
}

async function runRequest(
  step: RequestStep,
  run: Run,
  values: Map<string, string>,
  limit: number,
): Promise<StepOutcome> {
  const takesRefusal = statusesOf(step).includes(429);
  try {
    const answer = await run.client.send(plainRequest(step, values), { limit, takesRefusal });
    const deviations = hiding(step, judge(fill(step, values), answer));
    if (deviations.length > 0) {
      return { deviations, ...(isRefusedSecret(step, answer) && { enough: mostRefusals }) };
    }
    return { deviations: takeAll(step.take ?? {}, answer, run, values) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const expected = `status ${statusesOf(step).join(' or ')}`;
    return { deviations: [{ what: 'answer', expected, actual: noneBecause(error) }] };
  }
}

/** Whether it is the password that was refused, which waiting does not change. */
function isRefusedSecret(step: RequestStep, { status }: Answer): boolean {
  const sendsSecret = [...placeholdersIn(step.body)].some((name) => name.startsWith('secret.'));
  return sendsSecret && (status === 401 || status === 403) && !statusesOf(step).includes(status);
}

/** The body of an answer that a secret is taken from is not shown: nobody knows yet where it is. */
function hiding({ take = {} }: RequestStep, deviations: readonly Deviation[]): Deviation[] {
  const isSecret = Object.values(take).some((each) => typeof each === 'object' && each.secret);
  if (!isSecret) return [...deviations];
  return deviations.map((each) =>
    each.what === 'body' ? { ...each, actual: 'a body that holds a secret, not shown' } : each,
  );
}

function takeAll(
  takes: Readonly<Record<string, Take>>,
  answer: Answer,
  run: Run,
  values: Map<string, string>,
): Deviation[] {
  return Object.entries(takes).flatMap(([name, take]) => {
    const { where, value } = takeFrom(take, answer);
    if (value === undefined || value === '') {
      return [{ what: where, expected: `a value for {${name}}`, actual: 'absent' }];
    }
    if (typeof take === 'object' && take.secret) run.printer.hide(value);
    values.set(name, value);
    return [];
  });
}

function takeFrom(take: Take, answer: Answer): { readonly where: string; readonly value?: string } {
  if (typeof take === 'object' && 'header' in take) {
    const value = answer.headers.get(take.header);
    return { where: `header ${take.header}`, ...(value !== null && { value }) };
  }
  const pointer = typeof take === 'string' ? take : take.json;
  const value = resolvePointer(parsed(answer.body), pointer);
  const isText = typeof value === 'string' || typeof value === 'number';
  return { where: `JSON ${pointer}`, ...(isText && { value: String(value) }) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function titleOf(step: Step): string {
  if (step.name !== undefined) return step.name;
  if ('command' in step) return commandInWords(step);
  return `${step.method ?? 'GET'} ${step.path} (${expectedInWords(step)})`;
}
