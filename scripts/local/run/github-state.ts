import type { Instance } from '../surroundings/instance.ts';
import type { Result } from './act-log.ts';
import { isOwnStep, type RunState, type StepState } from './run-state.ts';

/** Tells the GitHub stand-in how the run's jobs and steps stand, so that it answers with the truth. */
export async function publishJobs(
  instance: Instance,
  runId: number,
  state: RunState,
): Promise<void> {
  const jobs = state.jobs.map(({ name, result, startedAt, steps }) => ({
    name,
    ...(result === 'failure' && { log: logOf(steps) }),
    ...standing(result, startedAt !== undefined),
    steps: steps
      .filter(({ key }) => isOwnStep(key))
      .map((step, index) => ({
        name: step.key.name,
        number: index + 1,
        ...standing(step.result, true),
      })),
  }));
  const answer = await fetch(`http://localhost:${instance.ports.github}/_state`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ run_id: runId, jobs }),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok)
    throw new Error(
      `The GitHub stand-in refused the run's state: ${answer.status} ${await answer.text()}`,
    );
}

const longestLog = 256 * 1024;

/** What the failed steps of a job printed, each line with a time of the step before it, as GitHub writes it. */
function logOf(steps: readonly StepState[]): string {
  const lines = steps
    .filter(({ result }) => result === 'failure')
    .flatMap(({ output, startedAt, endedAt = startedAt }) =>
      output.split('\n').map((line) => `${new Date(endedAt).toISOString()} ${line}`),
    );
  return lines.join('\n').slice(-longestLog);
}

function standing(result: Result | undefined, started: boolean) {
  if (result) return { status: 'completed', conclusion: result };
  return { status: started ? 'in_progress' : 'queued', conclusion: null };
}
