import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { check } from '../../src/typed/check.ts';
import { compile } from '../../src/typed/compile.ts';
import {
  clientPayload,
  env,
  equals,
  github,
  job,
  jobContainer,
  matrix,
  onlyIf,
  runner,
  servicePort,
  step,
  strategy,
  text,
  workflow,
} from '../../src/typed/index.ts';
import type { Permissions } from '../../src/typed/permissions.ts';
import type { Triggers } from '../../src/typed/triggers.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import { basics, byHand, called, repo, staging } from '../typed/sample.ts';

interface Definition {
  readonly mapping?: { readonly properties: Readonly<Record<string, unknown>> };
  readonly 'allowed-values'?: readonly string[];
}

/** The schema that GitHub's own parser has. */
const schema: Readonly<Record<string, Definition>> = JSON.parse(
  readFileSync(
    join(packageRoot, 'node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json'),
    'utf8',
  ),
).definitions;

function keysOf(name: string): readonly string[] {
  return Object.keys(schema[name]?.mapping?.properties ?? {}).sort();
}

function compiled(of: Workflow) {
  return compile(of, { source: 'example.ts', command: 'build' });
}

function workflowOf(on: Triggers, jobs: Workflow['definition']['jobs']): Workflow {
  const definition: Workflow['definition'] = { name: 'Example', on, permissions: {}, jobs };
  return workflow('example', definition);
}

function said(on: Triggers, ...jobs: Workflow['definition']['jobs']): readonly string[] {
  const { plain } = compiled(workflowOf(on, jobs));
  return check({ workflow: plain, settings: [repo, staging] }).map(({ message }) => message);
}

const labels = ['labeled', 'unlabeled'] as const;
const locks = ['locked', 'unlocked'] as const;
const assigned = ['assigned', 'unassigned'] as const;
const milestoned = ['milestoned', 'demilestoned'] as const;
const changes = ['created', 'edited', 'deleted'] as const;
const pullRequest = [
  ...(['opened', 'edited', 'closed', 'reopened', 'synchronize', 'stacked'] as const),
  ...[...labels, ...locks, ...assigned, ...milestoned],
  ...(['ready_for_review', 'converted_to_draft', 'enqueued', 'dequeued'] as const),
  ...(['review_requested', 'review_request_removed'] as const),
  ...(['auto_merge_enabled', 'auto_merge_disabled'] as const),
] as const;

/** Every event, with every activity that it knows. */
const events = {
  branch_protection_rule: { types: [...changes] },
  check_run: { types: ['completed', 'created', 'rerequested', 'requested_action'] },
  check_suite: { types: ['completed'] },
  create: {},
  delete: {},
  deployment: {},
  deployment_status: {},
  discussion: {
    types: [
      ...changes,
      ...(['transferred', 'pinned', 'unpinned'] as const),
      ...[...labels, ...locks],
      ...(['category_changed', 'answered', 'unanswered'] as const),
    ],
  },
  discussion_comment: { types: [...changes] },
  fork: {},
  gollum: {},
  image_version: { types: ['created', 'ready', 'deleted'] },
  issue_comment: { types: [...changes] },
  issues: {
    types: [
      ...(['opened', 'edited', 'deleted', 'transferred', 'pinned', 'unpinned', 'closed'] as const),
      ...(['reopened', 'field_added', 'field_removed', 'typed', 'untyped'] as const),
      ...[...labels, ...locks, ...assigned, ...milestoned],
    ],
  },
  label: { types: [...changes] },
  merge_group: { types: ['checks_requested'] },
  milestone: { types: [...changes, 'closed', 'opened'] },
  page_build: {},
  project: { types: [...changes, 'closed', 'reopened'] },
  project_card: { types: [...changes, 'moved', 'converted'] },
  project_column: { types: ['created', 'updated', 'moved', 'deleted'] },
  public: {},
  pull_request: { types: [...pullRequest] },
  pull_request_review: { types: ['submitted', 'edited', 'dismissed'] },
  pull_request_review_comment: { types: [...changes] },
  pull_request_target: { types: [...pullRequest] },
  push: {},
  registry_package: { types: ['published', 'updated'] },
  release: { types: [...changes, 'published', 'unpublished', 'prereleased', 'released'] },
  repository_dispatch: { types: ['anything'] },
  schedule: [{ cron: '0 3 * * *', timezone: 'Europe/Paris' }],
  status: {},
  watch: { types: ['started'] },
  workflow_call: called,
  workflow_dispatch: byHand,
  workflow_run: { workflows: ['CI'], types: ['completed', 'requested', 'in_progress'] },
} satisfies { readonly [Event in keyof Required<Triggers>]: unknown } & Triggers;

it('knows every event of GitHub’s own parser, with the activities of each', () => {
  // It refuses this one and tells to take issue_comment.
  expect(Object.keys(events).sort()).toEqual(
    keysOf('on-mapping-strict').filter((name) => name !== 'pull_request_comment'),
  );
  for (const [event, filter] of Object.entries(events)) {
    const known = schema[`${event.replaceAll('_', '-')}-activity-type`]?.['allowed-values'];
    if (known) expect([...(filter as { types: string[] }).types].sort()).toEqual([...known].sort());
  }
});

it('knows every permission of it', () => {
  const all: Required<Permissions> = {
    actions: 'read',
    'artifact-metadata': 'read',
    attestations: 'read',
    checks: 'read',
    'code-quality': 'read',
    contents: 'read',
    'copilot-requests': 'write',
    deployments: 'read',
    discussions: 'read',
    drives: 'read',
    'id-token': 'write',
    issues: 'read',
    models: 'read',
    packages: 'read',
    pages: 'read',
    'pull-requests': 'read',
    'repository-projects': 'read',
    'security-events': 'read',
    statuses: 'read',
    'vulnerability-alerts': 'read',
  };
  expect(Object.keys(all).sort()).toEqual(keysOf('permissions-mapping'));
});

const image = `ghcr.io/acme/tools@sha256:${'0'.repeat(64)}`;

it('runs a job in a container, beside services with credentials, and reads their ports', () => {
  const credentials = { username: github.actor, password: github.token };
  const inside = job('inside', {
    ...basics,
    permissions: { packages: 'read' },
    container: {
      image,
      credentials,
      env: { TOKEN: repo.secrets.SCAN_TOKEN, HOME: runner.temp },
      ports: [8080],
      volumes: ['cache:/cache'],
      options: '--cpus 1',
    },
    services: { redis: { image, credentials, ports: ['6379'], command: 'redis-server --save ""' } },
  }).step({
    name: 'Where',
    env: {
      PORT: servicePort('redis', 6379),
      NETWORK: jobContainer.network,
      JOB: strategy['job-index'],
    },
    run: 'echo "$PORT $NETWORK $JOB"',
  });
  const { yaml, plain } = compiled(workflowOf({ push: {} }, [inside]));
  expect(yaml).toContain(`    container:
      image: ${image}
      credentials:
        username: \${{ github.actor }}
        password: \${{ github.token }}
      env:
        TOKEN: \${{ secrets.SCAN_TOKEN }}
        HOME: \${{ runner.temp }}
      ports:
        - 8080
      volumes:
        - cache:/cache
      options: --cpus 1
`);
  expect(plain.jobs.inside?.steps[0]?.env).toEqual({
    PORT: "${{ job.services.redis.ports['6379'] }}",
    NETWORK: '${{ job.container.network }}',
    JOB: '${{ strategy.job-index }}',
  });
});

it('finds a service that the job does not have', () => {
  const port = job('port', basics).step({
    name: 'Port',
    env: { PORT: servicePort('redsi', 6379) },
    run: 'echo "$PORT"',
  });
  expect(said({ push: {} }, port)).toEqual(['the job has no service redsi']);
});

it('takes the secrets of an environment without a deployment, which nothing can cancel half way', () => {
  const trial = (deployment: boolean) =>
    job('trial', {
      ...basics,
      environment: { name: staging, deployment },
      concurrency: { group: 'trial', 'cancel-in-progress': true, queue: 'single' },
    }).step({ name: 'Try', env: { KEY: staging.secrets.SSH_KEY }, run: './try' });
  const { plain } = compiled(workflowOf({ push: {} }, [trial(false)]));
  expect(plain.jobs.trial?.environment).toEqual({ name: 'staging', deployment: false });
  expect(said({ push: {} }, trial(false))).toEqual([]);
  expect(said({ push: {} }, trial(true)).join()).toContain('cancelled half way');
});

it('lets the run decide the environment, and the runner by any label', () => {
  const targets = matrix({ target: ['one', 'two'] });
  const each = job('each', {
    ...basics,
    'runs-on': { labels: 'ubuntu-24.04-16-cores' },
    strategy: { matrix: targets },
    environment: { name: onlyIf(equals(github.ref, 'refs/heads/main'), targets.values.target) },
  }).step({ name: 'Each', run: 'make' });
  expect(compiled(workflowOf({ push: {} }, [each])).plain.jobs.each).toMatchObject({
    'runs-on': { labels: 'ubuntu-24.04-16-cores' },
    environment: { name: "${{ github.ref == 'refs/heads/main' && matrix.target || '' }}" },
  });
});

const tagged = step({ name: 'Tag', 'working-directory': env('FOLDER'), run: 'make' });

it('reads variables of the job, and those that a step before may have exported', () => {
  const set = { ...basics, env: { FOLDER: 'api' } };
  expect(said({ push: {} }, job('set', set).step(tagged))).toEqual([]);
  expect(said({ push: {} }, job('unset', basics).step(tagged))).toEqual([
    'neither an env nor a step before sets env.FOLDER',
  ]);
  const exporting = step({ name: 'Export', run: 'echo "FOLDER=api" >> "$GITHUB_ENV"' });
  expect(said({ push: {} }, job('exported', basics).step(exporting).step(tagged))).toEqual([]);
});

it('follows what others write through a variable of the job', () => {
  const titled = job('titled', { ...basics, env: { TITLE: github.event.pull_request.title } }).step(
    {
      name: 'Title',
      env: { AGAIN: env('TITLE') },
      run: 'eval "$AGAIN"',
    },
  );
  expect(said({ pull_request: {} }, titled).join()).toContain(
    'the script runs as commands what others write in AGAIN',
  );
});

it('reads what each event says, and finds what no event of the workflow says', () => {
  const sent = clientPayload({ version: 'string', dry: 'boolean' });
  const reading = job('reading', {
    ...basics,
    if: equals(sent.dry, false),
  }).step({
    name: 'Read',
    env: {
      VERSION: sent.version,
      NOTE: text`${github.event.release.tag_name}: ${github.event.release.body}`,
    },
    run: 'echo "$VERSION $NOTE"',
  });
  const { plain } = compiled(workflowOf({ repository_dispatch: {} }, [reading]));
  expect(plain.jobs.reading?.if).toBe('github.event.client_payload.dry == false');
  expect(said({ repository_dispatch: {}, release: { types: ['published'] } }, reading)).toEqual([]);
  expect(said({ repository_dispatch: {} }, reading)).toEqual([
    'github.event.release.tag_name is empty in every run: release does not start this workflow',
  ]);
});
