import type { Settings } from '../environment.ts';
import type { Plain, PlainJob } from '../plain.ts';

/** Where something stands in a workflow, such as ['jobs', 'deploy', 'steps', 2, 'with', 'host']. */
export type Path = readonly (string | number)[];

/** Something that types cannot see and that GitHub would find out in a run, or never. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
  /** Within a script: which of its lines, from 0. */
  readonly scriptLine?: number;
}

/** A workflow with what the repository and its environments declare. */
export interface Checked {
  readonly workflow: Plain;
  readonly settings: readonly Settings[];
}

/** The jobs of a workflow with their ids and paths. */
export function jobsOf({ workflow }: Checked): { id: string; path: Path; job: PlainJob }[] {
  return Object.entries(workflow.jobs).map(([id, job]) => ({ id, path: ['jobs', id], job }));
}
