import type { Settings } from '../environment.ts';
import type { Plain, PlainJob, PlainPromise, PlainStep } from '../plain.ts';
import type { RepositoryFiles } from '../repository-files.ts';
import type { RuleName } from './rule-names.ts';

/** Where something stands in a workflow, such as ['jobs', 'deploy', 'steps', 2, 'with', 'host']. */
export type Path = readonly (string | number)[];

/** Something that types cannot see and that GitHub would find out in a run, or never. */
export interface Fault {
  readonly path: Path;
  readonly message: string;
  /** Within a script: which of its lines, from 0. */
  readonly scriptLine?: number;
  /** What mostly comes of another fault of the workflow: it is told where there is no other. */
  readonly consequence?: true;
}

/** A fault with the rule that has found it. */
export interface RuledFault extends Fault {
  readonly rule: RuleName | 'expressions';
}

/** A workflow with what the repository and its environments declare. */
export interface Checked {
  readonly workflow: Plain;
  /** The id of the workflow, where the other ones are known too. */
  readonly id?: string;
  readonly settings: readonly Settings[];
  /** The files of the repository; what asks for them is not checked where they are not known. */
  readonly files?: RepositoryFiles;
  /** The other workflows of the repository, by id. */
  readonly others?: Readonly<Record<string, Plain>>;
  /** What the workflow's author says of it. */
  readonly promises?: readonly PlainPromise[];
}

/** A part of the rules: what it finds wrong with a workflow. */
export type Rule = (checked: Checked) => Fault[];

/** The jobs of a workflow with their ids and paths. */
export function jobsOf({ workflow }: Checked): { id: string; path: Path; job: PlainJob }[] {
  return Object.entries(workflow.jobs).map(([id, job]) => ({ id, path: ['jobs', id], job }));
}

/** A step in its place. */
export interface PlacedStep {
  readonly step: PlainStep;
  readonly index: number;
  readonly path: Path;
  /** The steps of its job that have ended when it begins. */
  readonly before: readonly PlainStep[];
  readonly id: string;
  readonly job: PlainJob;
}

/** The steps of a workflow. */
export function stepsOf(checked: Checked): PlacedStep[] {
  return jobsOf(checked).flatMap(({ id, path, job }) =>
    job.steps.map((step, index) => ({
      ...{ step, index, id, job },
      path: [...path, 'steps', index],
      before: job.steps.slice(0, index),
    })),
  );
}
