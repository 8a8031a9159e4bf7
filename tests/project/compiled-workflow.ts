import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../scripts/repository/repository.ts';

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
  readonly 'timeout-minutes'?: number;
}

export interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string | { readonly name: string };
  readonly outputs?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { image: string; ports: readonly string[] }>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: { readonly push: { readonly branches: readonly string[] } };
  readonly permissions: object;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The inputs and outputs of an action, from its action.yml or from the lock of third-party actions. */
export interface Interface {
  readonly inputs?: Readonly<Record<string, { required?: boolean; default?: string | null }>>;
  readonly outputs?: readonly string[] | Readonly<Record<string, unknown>>;
}

/** Reads a file of the repository. */
export const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');

/** The workflow as GitHub gets it. */
export const text: string = read('.github/workflows/staging.yml');
export const workflow: Workflow = parse(text);

/** Every job with its id. */
export const jobs: readonly (Job & { readonly id: string })[] = Object.entries(workflow.jobs).map(
  ([id, job]) => ({ id, ...job }),
);

/** Every step with the id of its job and a title for messages. */
export const steps: readonly (Step & { readonly job: string; readonly title: string })[] =
  jobs.flatMap((job) =>
    job.steps.map((step) => ({ ...step, job: job.id, title: `${job.id}: ${step.name}` })),
  );

/** A job that has to be there. */
export function job(id: string): Job {
  const found = workflow.jobs[id];
  if (!found) throw new Error(`there is no job ${id}`);
  return found;
}

/** The names that follow `context.` in the expressions of a text. */
export function used(context: 'vars' | 'secrets', within: string = text): Set<string> {
  const matches = within.matchAll(new RegExp(`\\b${context}\\.(\\w+)`, 'g'));
  return new Set([...matches].map(([, name = '']) => name));
}
