import type { Project } from '../project/project.ts';
import type { Suite } from '../project/suites.ts';
import { DefinitionError } from '../typed/definition-error.ts';
import {
  always,
  and,
  type Condition,
  cancelled,
  context,
  type Expression,
  equals,
  not,
} from '../typed/expression.ts';
import { type CheckedJobId, type Job, job } from '../typed/job.ts';
import { type StepDefinition, step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly } from './job-basics.ts';
import { pathIn } from './paths.ts';
import { installPython, setUpPython } from './python.ts';
import type { SecretValue, StagingEnvironment } from './settings.ts';
import { reportSuite } from './suite-report.ts';
import { setUpNode } from './test-node.ts';

/** What a suite runs against, and when. */
export interface TestStaging {
  readonly project: Project;
  readonly environment: StagingEnvironment;
  /** The job that has to succeed before: that of the smoke test where the suite decides whether a release stays. */
  readonly after: Job;
  /** When it runs, besides; always where it is not given. */
  readonly if?: Condition;
  /** What the suite signs in with: environment variables of its command alone, by name. */
  readonly secrets?: Readonly<Record<string, SecretValue>>;
  /** Whether all that goes wrong fails the job, since no release depends on it; by `onFailure` where it is not given. */
  readonly strict?: boolean;
}

/** Minutes beside those of the suite's command, to set it up and to keep its report. */
const besides = 5;

/**
 * A job that runs a suite of the settings against staging and keeps its report. Its output `results` is JSON, see
 * `reportSuite`.
 */
export function testStaging<const Id extends string>(
  id: Id & CheckedJobId<Id>,
  { project, environment, after, if: wanted, secrets = {}, strict = false }: TestStaging,
) {
  const suite = suiteOf(project, id);
  const { name, folder, report, keeps = [], limit } = suite;
  const onlyWarns = suite.onFailure === 'warn' && !strict;
  const reach = reachStaging(environment, strict);
  const isReached = () => equals(reach.outputs.reached, 'true');
  const { steps: prepared, ready } = prepare(setUp(suite), isReached, strict);
  const isReady = () => equals(ready.outputs.ready, 'true');
  const told = reportSuite({ name, report, level: onlyWarns ? 'warning' : 'error' });
  const succeeded = equals(after.result, 'success');
  return job(id, {
    name,
    ...basics({
      needs: [after],
      // A redeploy skips jobs far before, which success() takes for a reason to skip this one too.
      if: and(not(cancelled()), succeeded, ...(wanted ? [wanted] : [])),
    }),
    'timeout-minutes': limit + besides,
    permissions: readOnly,
    environment,
  })
    .step(checkout)
    .step(reach)
    .steps(prepared)
    .step(ready)
    .steps([
      {
        name: 'Tests',
        if: isReady(),
        ...(onlyWarns && {
          'continue-on-error': true,
          waive: { gates: 'the settings say that this suite only warns' },
        }),
        'timeout-minutes': limit,
        ...inFolder(folder),
        env: { STAGING_URL: environment.vars.STAGING_URL, ...secrets },
        run: scriptOf(suite),
      },
    ])
    .step(told)
    .steps([
      {
        name: 'Keep the report',
        if: and(always(), isReady()),
        uses: 'actions/upload-artifact',
        with: { name: id, path: [report, ...keeps], 'if-no-files-found': 'error', overwrite: true },
      },
    ])
    .withOutputs({ results: told.outputs.results });
}

/**
 * The step that finds out whether the runner reaches the address of staging. That it does not is no fault of a release,
 * which the smoke test has asked through the SSH connection then: nothing is tested, and people are told.
 */
function reachStaging({ vars }: StagingEnvironment, strict: boolean) {
  return step({
    id: 'reach',
    name: 'Staging can be reached',
    env: { STAGING_URL: vars.STAGING_URL },
    writes: ['reached'],
    // Any answer will do: what it has to be is the tests' question.
    run: `
      if curl --silent --insecure --output /dev/null --max-time 10 --retry 5 --retry-connrefused "$STAGING_URL"; then
        echo "reached=true" >> "$GITHUB_OUTPUT"
      else
        echo "::${strict ? 'error' : 'warning'} title=Nothing was tested::This runner cannot reach $STAGING_URL"
        ${strict ? 'exit 1' : 'echo "reached=false" >> "$GITHUB_OUTPUT"'}
      fi
    `,
  });
}

/**
 * The steps that bring here what a suite needs, and the one that finds out whether they did. That a package cannot be had
 * is no fault of a release either.
 */
function prepare(definitions: readonly StepDefinition[], wanted: () => Condition, strict: boolean) {
  const steps = definitions.map((definition, index) => ({
    ...definition,
    id: `set-up-${index + 1}`,
    if: wanted(),
    ...(!strict && { 'continue-on-error': true }),
  }));
  const outcomes: Record<string, Expression<string, never>> = Object.fromEntries(
    steps.map(({ id }, index) => [`SET_UP_${index + 1}`, context<Ended>(`steps.${id}`).outcome]),
  );
  const ready = step({
    id: 'ready',
    name: 'What the tests need is there',
    if: wanted(),
    env: outcomes,
    writes: ['ready'],
    run: `
      if printenv | grep --quiet '^SET_UP_[0-9]*=failure$'; then
        echo "::warning title=Nothing was tested::What the tests need could not be brought here: see the steps before"
        echo "ready=false" >> "$GITHUB_OUTPUT"
      else
        echo "ready=true" >> "$GITHUB_OUTPUT"
      fi
    `,
  });
  return { steps, ready };
}

interface Ended {
  readonly outcome: Expression<string, never>;
}

/** A suite of the settings. Throws `DefinitionError` where there is none of that name. */
export function suiteOf({ suites }: Pick<Project, 'suites'>, id: string): Suite {
  const suite = Object.hasOwn(suites, id) ? suites[id] : undefined;
  if (suite) return suite;
  throw new DefinitionError(
    `the settings have no suite ${id}; they have: ${Object.keys(suites).join(', ') || 'none'}`,
  );
}

/** The steps that bring here what a suite's command needs. */
function setUp({ needs, folder }: Suite): StepDefinition[] {
  const { python, node, browser, k6 } = needs;
  return [
    ...(python ? pythonPackages(python) : []),
    ...(node
      ? [
          ...setUpNode(node, { manager: 'npm' }, pathIn(folder, 'package-lock.json')),
          { name: 'Install', ...inFolder(folder), run: 'npm ci' },
        ]
      : []),
    ...(browser ? [recordedBrowser(folder)] : []),
    ...(k6 ? [installK6(k6)] : []),
  ];
}

function pythonPackages({
  requirements,
  ...python
}: NonNullable<Suite['needs']['python']>): StepDefinition[] {
  const packages = { manager: 'pip', requirements: [requirements] } as const;
  const suite = { directory: '.', python, packages };
  return [setUpPython(suite), installPython(suite)];
}

function recordedBrowser(folder: string): StepDefinition {
  return {
    name: 'A browser, and what records it',
    ...inFolder(folder),
    // GitHub's runners have Google Chrome, and no ffmpeg.
    run: `
      command -v google-chrome > /dev/null || command -v chromium > /dev/null ||
        npx playwright install --with-deps chrome
      command -v ffmpeg > /dev/null || npx playwright install ffmpeg
    `,
  };
}

function installK6(version: string): StepDefinition {
  return {
    name: 'Install k6',
    run: `
      if ! k6 version 2> /dev/null | grep --quiet --fixed-strings "k6 v${version} "; then
        go install go.k6.io/k6@v${version}
        echo "$(go env GOPATH)/bin" >> "$GITHUB_PATH"
      fi
    `,
  };
}

/** The command of a suite for a shell. */
function scriptOf({ command }: Suite): string {
  return command.map(word).join(' ');
}

function word(text: string): string {
  const quoted = (part: string) =>
    /^[\w@%+=:,./-]*$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`;
  // The address comes from the environment, so that it can hold nothing that a shell would run.
  return text.split('{url}').map(quoted).join('"$STAGING_URL"');
}

function inFolder(folder: string) {
  return folder === '.' ? {} : { 'working-directory': folder };
}
