import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPins } from '../../scripts/action-pins/workflow-pins.ts';
import type { CallDefinition } from '../../src/typed/call.ts';
import { readPlain } from '../../src/typed/check/read.ts';
import { check } from '../../src/typed/check.ts';
import { type CompiledWorkflow, compile } from '../../src/typed/compile.ts';
import type { Condition } from '../../src/typed/expression.ts';
import {
  always,
  and,
  call,
  equals,
  github,
  job,
  reusable,
  step,
  text,
  workflow,
  workflowCall,
} from '../../src/typed/index.ts';
import type { Permissions } from '../../src/typed/permissions.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import {
  basics,
  build,
  called,
  checkout,
  deployment,
  deployOne,
  given,
  released,
  repo,
} from '../typed/sample.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const source = { source: 'workflows/example.ts', command: 'build' };

function compiled(of: Workflow): CompiledWorkflow {
  return compile(of, source);
}

/** What is said of the first of the workflows of a repository. */
function said([first, ...rest]: readonly [Workflow, ...Workflow[]]): readonly string[] {
  const made = compiled(first);
  const others = Object.fromEntries(rest.map((each) => [each.id, compiled(each).plain]));
  return check({ id: made.id, workflow: made.plain, settings: [repo], others }).map(
    ({ message }) => message,
  );
}

const deploy = call('deploy', {
  name: 'Deploy',
  needs: [build],
  uses: deployOne,
  with: { target: text`v-${build.outputs.digest}`, dry: true },
  secrets: given.secrets,
  permissions: {},
});

const release = call('release', {
  name: 'Release',
  needs: [deploy],
  uses: released,
  secrets: 'inherit',
  permissions: { contents: 'write' },
});

const tests = job('test', { ...basics, permissions: { contents: 'read' } }).step(checkout);

const calling = workflow('calling', {
  name: 'Calling',
  on: { push: {} },
  permissions: {},
  jobs: [
    tests,
    build,
    deploy,
    release,
    job('tell', { ...basics, needs: [deploy, release] }).step({
      name: 'Tell',
      env: { RELEASE: deploy.outputs.release, TAG: release.outputs.tag },
      run: 'echo "$RELEASE $TAG"',
    }),
  ],
});

it('writes what a workflow takes and gives where others call it', () => {
  expect(compiled(deployOne).yaml).toContain(`on:
  workflow_call:
    inputs:
      target:
        type: string
        required: true
      dry:
        type: boolean
        default: false
      retries:
        type: number
    secrets:
      TOKEN:
        required: true
      OTHER: {}
    outputs:
      release:
        value: \${{ jobs.deployment.outputs.digest }}
`);
});

it('keeps what an output says in text, and its description', () => {
  const made = workflow('made', {
    name: 'Made',
    on: {
      workflow_call: workflowCall({}).withOutputs({
        image: { description: 'It', value: text`needs.build: ${build.outputs.digest}` },
      }),
    },
    permissions: {},
    jobs: [tests, build],
  });
  expect(compiled(made).plain.on.workflow_call).toEqual({
    outputs: {
      image: { description: 'It', value: 'needs.build: ${{ jobs.build.outputs.digest }}' },
    },
  });
});

it('writes calls as a person would, the version beside the commit of another repository', () => {
  const { yaml } = compiled(calling);
  expect(yaml).toContain(`  deploy:
    name: Deploy
    needs: [build]
    uses: ./.github/workflows/deploy-one.yml
    with:
      target: v-\${{ needs.build.outputs.digest }}
      dry: true
    secrets:
      TOKEN: \${{ secrets.SCAN_TOKEN }}
    permissions: {}

  release:
    name: Release
    needs: [deploy]
    uses: octo/shared/.github/workflows/release.yml@0123456789012345678901234567890123456789 # v1.2.0
    secrets: inherit
    permissions:
      contents: write # for the jobs of the called workflow

  tell:
`);
  expect(yaml).toContain('RELEASE: ${{ needs.deploy.outputs.release }}');
});

it('asks no lock for the commit of a called workflow', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, '.github/workflows'), { recursive: true });
  await writeFile(join(folder.path, '.github/workflows/calling.yml'), compiled(calling).yaml);
  const pins = await readPins(folder.path);
  expect(pins.map(({ key }) => key)).toEqual(['actions/checkout']);
});

it('says nothing of calls in YAML by hand, of which it knows this one file', () => {
  const plain = readPlain(`name: By hand
on:
  workflow_call:
    inputs: { target: { type: string } }
    secrets: { TOKEN: { required: true } }
    outputs:
      release: { value: "\${{ jobs.tell.outputs.target }}" }
permissions: {}
jobs:
  deploy:
    uses: ./.github/workflows/other.yml
    with: { target: "\${{ inputs.target }}" }
    secrets: { TOKEN: "\${{ secrets.TOKEN }}" }
    permissions: { contents: write }
  tell:
    needs: deploy
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {}
    outputs: { target: "\${{ needs.deploy.outputs.target }}" }
    steps: [{ name: Tell, run: make }]
`);
  expect(check({ workflow: plain, settings: [repo] })).toEqual([]);
});

it('finds nothing in calls that are right', () => {
  expect(said([calling, deployOne])).toEqual([]);
  expect(said([deployOne, calling])).toEqual([]);
});

it('finds a call of what nobody makes, and an output that it does not have', () => {
  expect(said([calling])).toEqual([
    'no definition makes the workflow deploy-one, which this job calls',
  ]);
  const other = workflow('deploy-one', {
    name: 'Deploy one',
    on: { workflow_call: called },
    permissions: {},
    jobs: [deployment],
  });
  expect(said([calling, other])).toContain('the job deploy has no output release');
});

it('refuses a tag where no type has seen it', () => {
  const uses = 'octo/shared/.github/workflows/release.yml@v1' as string;
  expect(() => reusable(uses as never, {})).toThrow('the full SHA of a commit');
});

/** A workflow that others call and give nothing. */
function callable(id: string, jobs: Workflow['definition']['jobs']) {
  return workflow(id, { name: id, on: { workflow_call: {} }, permissions: {}, jobs });
}

type Parts = Partial<Pick<CallDefinition, 'concurrency' | 'waive'>> & { secrets?: 'inherit' };

function callOf(uses: ReturnType<typeof callable>, permissions: Permissions, more: Parts = {}) {
  return workflow('caller', {
    name: 'Caller',
    on: { push: {} },
    permissions: {},
    jobs: [call('deploy', { name: 'Deploy', ...more, uses, permissions })],
  });
}

it('lets a called workflow have no more than its caller gives it, and no less', () => {
  const reading = callable('reading', [tests]);
  expect(said([callOf(reading, {}), reading])).toEqual([
    'the job test of the called workflow asks for contents: read, and this call gives none: GitHub refuses the run',
  ]);
  expect(said([callOf(reading, { contents: 'read' }), reading])).toEqual([]);
  expect(said([callOf(reading, { contents: 'write' }), reading])).toEqual([
    'no job of the called workflow asks for contents: write',
  ]);
});

it('looks at every level of a chain', () => {
  const reading = callable('reading', [tests]);
  const between = callable('between', [
    call('read', { name: 'Read', uses: reading, permissions: { contents: 'read' } }),
  ]);
  expect(said([callOf(between, {}), between, reading])).toEqual([
    'the job read of the called workflow asks for contents: read, and this call gives none: GitHub refuses the run',
  ]);
});

it('finds secrets that a called workflow reads and does not get', () => {
  const reads = job('reads', basics).step({
    name: 'Read',
    env: { TOKEN: repo.secrets.SCAN_TOKEN },
    run: './scan',
  });
  const scan = callable('scan', [reads]);
  const [message] = said([callOf(scan, {}), scan]);
  expect(message).toContain('reads secrets.SCAN_TOKEN, which is empty there');
  expect(said([callOf(scan, {}, { secrets: 'inherit' }), scan])).toEqual([]);
});

it('finds a group that the caller holds while the called workflow waits for it', () => {
  const waiting = callable('waiting', [
    job('one', { ...basics, concurrency: { group: text`of-${github.ref}` } }).step({
      name: 'One',
      run: 'make',
    }),
  ]);
  const concurrency = { group: text`of-${github.ref}` };
  expect(said([callOf(waiting, {}, { concurrency }), waiting]).join()).toContain(
    'the called workflow waits for the group of-${{ github.ref }}, which this run holds',
  );
});

/** Workflows of which each calls the next, the last one with a job of its own. */
function chain(levels: number): readonly [Workflow, ...Workflow[]] {
  const one = job('one', basics).step({ name: 'One', run: 'make' });
  let all: readonly [Workflow, ...Workflow[]] = [callable(`w${levels}`, [one])];
  for (let level = levels - 1; level > 0; level--) {
    const uses = all[0] as ReturnType<typeof callable>;
    const next = call('next', { name: 'Next', uses, permissions: {} });
    all = [callable(`w${level}`, [next]), ...all];
  }
  return all;
}

it('connects ten levels of workflows and no more', () => {
  expect(said(chain(10))).toEqual([]);
  expect(said(chain(11))[0]).toContain('GitHub connects 10 levels of workflows');
});

it('runs fifty workflows and no more', () => {
  const one = job('one', basics).step({ name: 'One', run: 'make' });
  const many = (count: number) => {
    const all = Array.from({ length: count }, (_, at) => callable(`w${at}`, [one]));
    const jobs = all.map((uses, at) => call(`c${at}`, { name: 'C', uses, permissions: {} }));
    return [callable('top', jobs as never), ...all] as const;
  };
  expect(said(many(50))).toEqual([]);
  expect(said(many(51))).toEqual([
    'the workflow calls 51 others, near and far, and GitHub runs 50 at most',
  ]);
});

it('finds workflows that call each other', () => {
  const [, last] = chain(2) as unknown as [Workflow, ReturnType<typeof callable>];
  const back = call('back', { name: 'Back', uses: last, permissions: {} });
  const first = callable('first', [back]);
  const again = callable(last.id, [call('again', { name: 'Again', uses: first, permissions: {} })]);
  expect(said([first, again])).toEqual(['workflows call each other: first → w2 → first']);
  expect(said([again, first])).toEqual(['workflows call each other: w2 → first → w2']);
});

it('proves promises in each way that a workflow can be called', () => {
  const promising = (condition: Condition<'an if'>) => {
    const careless = job('careless', { ...basics, needs: [tests], if: condition }).step({
      name: 'Deploy',
      run: './deploy',
    });
    const made = compiled(
      workflow('promising', {
        name: 'Promising',
        on: { workflow_call: called },
        permissions: {},
        jobs: [tests, careless],
        promises: [{ jobs: [careless], after: [tests] }],
      }),
    );
    const { plain, promises } = made;
    return check({ workflow: plain, settings: [], promises }).map(({ message }) => message);
  };
  expect(promising(and(always(), equals(called.inputs.dry, true)))).toEqual([
    'careless runs although test failed, in a call (dry true, retries 0)',
  ]);
  expect(promising(equals(called.inputs.dry, true))).toEqual([]);
});

it('follows what others write through the outputs of a called workflow', () => {
  const title = step({
    id: 'title',
    name: 'Title',
    env: { TITLE: called.inputs.target },
    run: 'echo "title=$TITLE" >> "$GITHUB_OUTPUT"',
    writes: ['title'],
  });
  const told = job('told', basics).step(title).withOutputs({ title: title.outputs.title });
  const telling = workflow('telling', {
    name: 'Telling',
    on: { workflow_call: called.withOutputs({ title: told.outputs.title }) },
    permissions: {},
    jobs: [told],
  });
  const ask = call('ask', { name: 'Ask', uses: telling, ...given, permissions: {} });
  const caller = workflow('caller', {
    name: 'Caller',
    on: { push: {} },
    permissions: {},
    jobs: [
      ask,
      job('run', { ...basics, needs: [ask] }).step({
        name: 'Run',
        env: { TITLE: ask.outputs.title },
        run: 'eval "$TITLE"',
      }),
    ],
  });
  expect(said([caller, telling]).join()).toContain('what others write in TITLE');
});

it('waives a rule for a call, and knows where it was written', () => {
  const reading = callable('reading', [tests]);
  const made = compiled(
    callOf(reading, {}, { waive: { calls: 'the other one follows tomorrow' } }),
  );
  expect(made.waivers.map(({ path, rule }) => [...path, rule].join('.'))).toEqual([
    'jobs.deploy.calls',
  ]);
  expect(made.origins.get('jobs.deploy')?.[0]?.file).toContain('calls.test.ts');
});
