import { jobsBefore } from '../../src/typed/jobs-before.ts';
import type { Plain, PlainJob } from '../../src/typed/plain.ts';

/**
 * A workflow's jobs and what they wait for, as a Mermaid flowchart. Jobs with a condition are hexagons; jobs that run
 * after a failure too are dashed.
 */
export function pipelinePicture({ jobs }: Plain): string {
  const entries = Object.entries(jobs);
  const nodes = entries.map(([id, job]) => {
    const [open, close] = job.if === undefined ? ['[', ']'] : ['{{', '}}'];
    return `${id}${open}"${job.name}"${close}`;
  });
  const arrows = entries.flatMap(([id, job]) =>
    directNeeds(jobs, id).map(
      (before) => `${before} ${runsAfterFailure(job) ? '-.->' : '-->'} ${id}`,
    ),
  );
  const dashed = entries.filter(([, job]) => runsAfterFailure(job)).map(([id]) => id);
  const marks =
    dashed.length === 0
      ? []
      : ['classDef afterFailure stroke-dasharray: 5 5', `class ${dashed.join(',')} afterFailure`];
  const lines = [...nodes, ...arrows, ...marks];
  return ['```mermaid', 'flowchart LR', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

function runsAfterFailure({ if: condition = '' }: PlainJob): boolean {
  return condition.startsWith('always()');
}

/** The jobs that a job needs, without those that another of them needs already. */
function directNeeds(jobs: Plain['jobs'], id: string): readonly string[] {
  const needs = jobs[id]?.needs ?? [];
  return needs.filter((each) => !needs.some((other) => jobsBefore(jobs, other).has(each)));
}
