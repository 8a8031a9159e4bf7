import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseActLine } from '../../scripts/local/run/act-log.ts';

// Recorded from act: a job that succeeds, with an action's post step, and one whose composite action fails.
const recorded = readFileSync(new URL('fixtures/act-log.jsonl', import.meta.url), 'utf8');
const events = recorded.split('\n').flatMap((line) => parseActLine(line) ?? []);

const tests = { job: 'test-api', id: 'Main s', name: 'Tests' };
const signIn = { job: 'test-api', id: 'Main 2', name: 'Sign in' };
const build = { job: 'build', id: 'Main outer', name: 'Build api' };

it('sees the steps that the workflow has, the set-up and the post steps', () => {
  const started = events.flatMap((event) => (event.kind === 'step-started' ? event.step : []));
  expect(started.map(({ job, name }) => `${job}: ${name}`)).toEqual([
    'test-api: Set up job',
    'test-api: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
    'test-api: Tests',
    'test-api: Sign in',
    'test-api: Post: Sign in',
    'test-api: Complete job',
    'build: Set up job',
    'build: Check out',
    'build: Build api',
    'build: Post: Build api',
    'build: Complete job',
  ]);
  expect(new Set(started.map(({ job, id }) => `${job} ${id}`)).size).toBe(started.length);
});

it('ends every step that started once, with its result and its milliseconds', () => {
  const started = events.flatMap((event) => (event.kind === 'step-started' ? event.step : []));
  const finished = events.flatMap((event) => (event.kind === 'step-finished' ? event : []));
  expect(finished.map(({ step }) => step)).toEqual(started);
  expect(finished).toContainEqual({
    kind: 'step-finished',
    step: tests,
    result: 'success',
    duration: 397.231753,
  });
  const failed = finished.filter(({ result }) => result === 'failure');
  expect(failed).toMatchObject([{ step: build, duration: 30.557711 }]);
});

it('gives what a step prints to the step of the workflow, also from inside of a composite action', () => {
  expect(events).toContainEqual({ kind: 'output', step: tests, text: '5 passed\n' });
  expect(events).toContainEqual({ kind: 'output', step: build, text: 'built\n' });
  expect(events).toContainEqual({ kind: 'output', step: build, text: 'exit status 3\n' });
});

it('reads warnings and errors with their titles', () => {
  expect(events.filter(({ kind }) => kind === 'annotation')).toEqual([
    { kind: 'annotation', step: tests, level: 'warning', text: 'Slow: a test took 9 s' },
    { kind: 'annotation', step: build, level: 'error', text: 'Push: the registry refused it' },
  ]);
});

it('tells secrets apart from everything that is shown', () => {
  const secrets = events.filter(({ kind }) => kind === 'secret');
  expect(secrets).toEqual([
    { kind: 'secret', value: 'swordfish' },
    { kind: 'secret', value: 'correct-horse' },
  ]);
  const shown = JSON.stringify(events.filter(({ kind }) => kind !== 'secret'));
  expect(shown).not.toMatch(/swordfish|correct-horse/);
  expect(events).toContainEqual({ kind: 'output', step: signIn, text: 'signed in with ***\n' });
});

it('ends the jobs', () => {
  expect(events.filter(({ kind }) => kind === 'job-finished')).toEqual([
    { kind: 'job-finished', job: 'test-api', result: 'success' },
    { kind: 'job-finished', job: 'build', result: 'failure' },
  ]);
});

it.each([
  ['a line that is not JSON', "Error: Job 'Build images' failed"],
  ['JSON that is not a record', '"half'],
])('keeps %s as trouble', (_, text) => {
  expect(parseActLine(text)).toEqual({ kind: 'trouble', text });
});

it('keeps an error outside of every job as trouble', () => {
  const line = '{"level":"error","msg":"workflow is not valid","time":"2026-11-22T14:36:42Z"}';
  expect(parseActLine(line)).toEqual({ kind: 'trouble', text: 'workflow is not valid' });
});

it.each(['', '   '])('has no news in an empty line (%j)', (line) => {
  expect(parseActLine(line)).toBeUndefined();
});
