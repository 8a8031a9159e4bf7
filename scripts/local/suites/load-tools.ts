import type { Project } from '../../../src/project/project.ts';
import type { Plain } from '../../../src/typed/plain.ts';
import { simulate } from '../../../src/typed/simulate.ts';
import { ensureK6 } from '../machine/tools.ts';
import type { EventName } from '../run/event.ts';

/** A run that is about to start. */
export interface RunToPrepare {
  readonly event: EventName;
  readonly inputs: Readonly<Record<string, string>>;
  /** Jobs that it leaves out. */
  readonly leftOut: readonly string[];
}

/** Builds k6 where a run will want it: the runner image has no Go that would install it. */
export async function ensureLoadTools(
  project: Project,
  workflow: Plain,
  run: RunToPrepare,
): Promise<void> {
  const wanting = Object.entries(project.suites).filter(([, { needs }]) => needs.k6);
  const jobs = simulate(workflow, {
    github: { event_name: run.event, ref: `refs/heads/${project.branch}` },
    // As GitHub has inputs that are true or false.
    inputs: Object.fromEntries(
      Object.entries(run.inputs).map(([name, value]) => [name, value === 'false' ? '' : value]),
    ),
  });
  const runs = (id: string) =>
    id in jobs && jobs[id]?.result !== 'skipped' && !run.leftOut.includes(id);
  if (wanting.some(([id]) => runs(id))) await ensureK6();
}
