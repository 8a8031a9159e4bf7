import type { Expression } from '../typed/expression.ts';
import { type CheckedJobId, job, type Service } from '../typed/job.ts';
import type { StepDefinition } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly, type StageOptions, scriptsIn } from './job-basics.ts';
import { installPython, type PythonProject, setUpPython } from './python.ts';

/** How a Python project is tested. */
export interface PythonTests extends PythonProject {
  /** The job's name, for people. */
  readonly name: string;
  /** What runs in the project's folder once its packages are there, such as `testMigrations(…)`. */
  readonly steps: readonly StepDefinition[];
  /** Whether the whole history is checked out. */
  readonly history?: boolean;
  /** Containers beside the tests, by name: `postgresService`, `redisService`, or any other. */
  readonly services?: Readonly<Record<string, Service>>;
  readonly env?: Readonly<Record<string, string | Expression<string>>>;
  /** Minutes that the job may take; 15 where it is not given. */
  readonly limit?: number;
}

/** A job that tests a Python project: set up, install, then its own steps. */
export function testPython<const Id extends string>(
  id: Id & CheckedJobId<Id>,
  { name, steps, history, services, env, limit = 15, ...project }: PythonTests,
  options: StageOptions,
) {
  return job(id, {
    name,
    ...basics(options),
    'timeout-minutes': limit,
    permissions: readOnly,
    ...scriptsIn(project.directory),
    ...(services && { services }),
    ...(env && { env }),
  } as const).steps([
    history ? { ...checkout, with: { ...checkout.with, 'fetch-depth': 0 } } : checkout,
    setUpPython(project),
    installPython(project),
    ...steps,
  ]);
}
