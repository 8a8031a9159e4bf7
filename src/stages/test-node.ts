import type { NodeVersion } from '../project/languages.ts';
import type { Expression } from '../typed/expression.ts';
import { type CheckedJobId, job, type Service } from '../typed/job.ts';
import type { StepDefinition } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly, type StageOptions, scriptsIn } from './job-basics.ts';
import { pathIn } from './paths.ts';

/** What installs a project's packages; the version of pnpm or yarn is exact, so that a run can be repeated. */
export type NodePackages =
  | { readonly manager: 'npm' }
  | { readonly manager: 'pnpm' | 'yarn'; readonly version: string };

/** How a Node.js project is tested. */
export interface NodeTests {
  /** The job's name, for people. */
  readonly name: string;
  /** Its folder, relative to the repository's top; `.` for the top. */
  readonly directory: string;
  readonly node: NodeVersion;
  readonly packages: NodePackages;
  /** What runs in the project's folder once its packages are there. */
  readonly steps: readonly StepDefinition[];
  /** Containers beside the tests, by name. */
  readonly services?: Readonly<Record<string, Service>>;
  readonly env?: Readonly<Record<string, string | Expression<string>>>;
  /** Minutes that the job may take; 15 where it is not given. */
  readonly limit?: number;
}

const lockFiles = { npm: 'package-lock.json', pnpm: 'pnpm-lock.yaml', yarn: 'yarn.lock' } as const;

/** A job that tests a Node.js project: set up, install, then its own steps. */
export function testNode<const Id extends string>(
  id: Id & CheckedJobId<Id>,
  { name, directory, node, packages, steps, services, env, limit = 15 }: NodeTests,
  options: StageOptions,
) {
  const lockFile = pathIn(directory, lockFiles[packages.manager]);
  return job(id, {
    name,
    ...basics(options),
    'timeout-minutes': limit,
    permissions: readOnly,
    ...scriptsIn(directory),
    ...(services && { services }),
    ...(env && { env }),
  } as const).steps([
    checkout,
    ...setUpNode(node, packages, lockFile),
    { name: 'Install', run: installCommand(packages) },
    ...steps,
  ]);
}

/** The steps that set Node.js up, with a cache of what was downloaded. */
export function setUpNode(
  node: NodeVersion,
  packages: NodePackages,
  lockFile: string,
): StepDefinition[] {
  const version =
    'version' in node ? { 'node-version': node.version } : { 'node-version-file': node.file };
  if (packages.manager === 'npm')
    return [
      {
        name: 'Set up Node.js',
        uses: 'actions/setup-node',
        with: { ...version, cache: 'npm', 'cache-dependency-path': [lockFile] },
      },
    ];
  const { manager, version: exact } = packages;
  return [
    { name: 'Set up Node.js', uses: 'actions/setup-node', with: version },
    { name: `Set up ${manager}`, run: `npm install --global ${packageOf(manager, exact)}` },
  ];
}

/** From its second version on, yarn is another package on the registry. */
function packageOf(manager: 'pnpm' | 'yarn', version: string): string {
  const name = manager === 'yarn' && !version.startsWith('1.') ? '@yarnpkg/cli-dist' : manager;
  return `${name}@${version}`;
}

function installCommand(packages: NodePackages): string {
  switch (packages.manager) {
    case 'npm':
      return 'npm ci';
    case 'pnpm':
      return 'pnpm install --frozen-lockfile';
    case 'yarn':
      return packages.version.startsWith('1.')
        ? 'yarn install --frozen-lockfile'
        : 'yarn install --immutable';
  }
}
