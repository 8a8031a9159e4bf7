import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locate, locatePath } from '../../src/typed/locate.ts';
import type { Position } from '../../src/typed/position.ts';
import { compileFixture, sourceAt } from './typed-definitions.ts';

const { yaml, origins } = await compileFixture('locate/staging.ts');

/** The file of a position and what stands there, to the end of the line. */
function source(position: Position | undefined): string | undefined {
  return (
    position &&
    `${basename(position.file)}: ${sourceAt(readFileSync(position.file, 'utf8'), position)}`
  );
}

describe('a path in the YAML leads to', () => {
  const workflow = [
    ['', "staging.ts: workflow('staging', {"],
    ['name', "staging.ts: name: 'Staging',"],
    ['on.push.branches.1', "staging.ts: 'main'] }, workflow_dispatch: by },"],
    ['on.workflow_dispatch.inputs', 'staging.ts: dispatch({'],
    ['on.workflow_dispatch.inputs.dry.type', "staging.ts: type: 'boolean',"],
    ['jobs', 'staging.ts: jobs: [build, deploy],'],
  ] as const;
  it.each(workflow)('the workflow: %s', (path, expected) => {
    expect(source(locatePath(keys(path), origins))).toBe(expected);
  });

  const jobs = [
    ['jobs.deploy', "staging.ts: job('deploy', {"],
    ['jobs.deploy.needs.1', "staging.ts: 'scan'],"],
    ['jobs.deploy.permissions.packages', "staging.ts: packages: 'write' },"],
    // What the job has of a shared object, in another file.
    ['jobs.deploy.runs-on', "shared.ts: 'runs-on': 'ubuntu-24.04',"],
    ['jobs.build.permissions.contents', "shared.ts: contents: 'read' },"],
    // What is computed: where it is.
    ['jobs.deploy.env.HOST', 'staging.ts: ...Object.fromEntries('],
    ['jobs.deploy.env.LAST', "staging.ts: LAST: 'x',"],
    ['jobs.deploy.outputs.release', "staging.ts: release: '${{ steps.stage.outputs.release }}',"],
    // What is written nowhere: the call.
    ['jobs.deploy.strategy.matrix', "staging.ts: job('deploy', {"],
  ] as const;
  it.each(jobs)('a job: %s', (path, expected) => {
    const found = source(locatePath(keys(path), origins));
    expect(found?.slice(0, expected.length)).toBe(expected);
  });

  const steps = [
    ['jobs.deploy.steps.4', 'staging.ts: step({'],
    ['jobs.deploy.steps.4.env.A', "staging.ts: A: 'x' },"],
    // Defined apart: the definition, whichever job has it.
    ['jobs.deploy.steps.0', 'staging.ts: step({'],
    ['jobs.deploy.steps.0.with.persist-credentials', "staging.ts: 'persist-credentials': false },"],
    ['jobs.build.steps.0.uses', "staging.ts: uses: 'actions/checkout',"],
    ['jobs.deploy.steps.3.with.host', "shared.ts: host: '${{ vars.STAGING_HOST }}',"],
    ['jobs.deploy.steps.3.with.command', "staging.ts: command: 'stage' },"],
    ['jobs.deploy.steps.3.with.nowhere', "staging.ts: with: { ...connection, command: 'stage' },"],
    // Made by a function: what it writes there, and what it was given here.
    ['jobs.build.steps.1.id', 'staging.ts: id: image,'],
    ['jobs.build.steps.1.with.context', 'staging.ts: context: images[image].context,'],
    ['jobs.build.steps.1.with.target', "staging.ts: target: 'production',"],
    ['jobs.deploy.steps.2.with.image-ref', "shared.ts: 'image-ref': image,"],
    ['jobs.deploy.steps.2.with.severity', 'shared.ts: severity,'],
  ] as const;
  it.each(steps)('a step: %s', (path, expected) => {
    expect(source(locatePath(keys(path), origins))).toBe(expected);
  });
});

describe('a line of a script leads to', () => {
  const lines = [
    ['echo one', 'echo one', 'a template'],
    ['  echo "$A"', 'echo "$A"', 'a template, below an empty line'],
    ['fi', 'fi', 'the end of a template'],
    ['echo three', "'echo three'].join('\\n'),", 'a list'],
    ['set -e', 'set -e', 'a template that begins at once'],
    ['echo healthy', 'echo healthy`,', 'a template after a text put into it'],
    ['run: echo single', 'echo single', 'a template of one line'],
  ] as const;
  it.each(lines)('%s', (inYaml, expected) => {
    const text = yaml.split('\n');
    const line = text.findIndex((each) => each.trim() === inYaml.trim()) + 1;
    const column = (text[line - 1] ?? '').search(/echo|set|fi/) + 1;
    expect(source(locate(yaml, { line, column }, origins))).toBe(`staging.ts: ${expected}`);
  });

  const paths = [
    ['a text with \\n', 5, 1, "'echo one\\necho two' })"],
    [
      'a line of a text that a list holds',
      6,
      2,
      "'curl --fail', '  http://localhost'].join('\\n');",
    ],
    ['a line of a text that a template holds', 7, 2, "'  http://localhost'].join('\\n');"],
  ] as const;
  it.each(paths)('%s', (_, step, line, expected) => {
    const path = ['jobs', 'deploy', 'steps', step, 'run'];
    const found = source(locatePath(path, origins, line));
    expect(found?.slice(-expected.length)).toBe(expected);
  });
});

it('knows a place in the YAML by line and column', () => {
  const lines = yaml.split('\n');
  const line = lines.findIndex((each) => each.includes('- id: frontend')) + 1;
  // At the dash and at the first key it is about the step, at the value about the key.
  expect(source(locate(yaml, { line, column: 7 }, origins))).toBe('staging.ts: step({');
  expect(source(locate(yaml, { line, column: 9 }, origins))).toBe('staging.ts: step({');
  expect(source(locate(yaml, { line, column: 13 }, origins))).toBe('staging.ts: id: image,');
});

it('falls back to the call where its file is gone or changed, and to nothing where no call is known', () => {
  const gone = { file: '/nowhere/staging.ts', line: 3, column: 7 };
  expect(locatePath(['jobs', 'a', 'name'], new Map([['jobs.a', [gone]]]))).toBe(gone);
  const [moved] = origins.get('jobs.deploy') ?? [];
  const other = { ...moved, line: 1 } as Position;
  expect(locatePath(['jobs', 'a', 'name'], new Map([['jobs.a', [other]]]))).toBe(other);
  expect(locatePath(['jobs', 'a', 'name'], new Map())).toBeUndefined();
});

function keys(path: string): (string | number)[] {
  return path
    .split('.')
    .filter(Boolean)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
