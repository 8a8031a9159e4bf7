import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chooseActions } from '../../scripts/local/workflow-actions/choose-actions.ts';
import { usedActions } from '../../scripts/local/workflow-actions/used-actions.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import lock from '../../src/typed/actions.lock.json' with { type: 'json' };
import { type Interface, read, steps, text } from './compiled-workflow.ts';

const folder = 'scripts/local/third-party';
const locked: Readonly<Record<string, Interface & { readonly sha: string }>> = lock;
// act checks out by itself: it copies the workspace.
const standIns = Object.keys(lock)
  .filter((name) => steps.some(({ uses }) => uses?.startsWith(`${name}@`)))
  .filter((name) => name !== 'actions/checkout');

it('are given to act for every action that the pipeline uses but checkout', async () => {
  const given = standIns.map((name) => [
    `${name}@${locked[name]?.sha}`,
    join(packageRoot, folder, name),
  ]);
  const used = await usedActions(packageRoot, '.github/workflows/staging.yml');
  const taken = chooseActions(used, { gitHubAnswers: false, standInImages: true }).standIns;
  expect([...taken].sort()).toEqual(given.sort());
  expect(existsSync(join(packageRoot, folder, 'actions/checkout'))).toBe(false);
});

describe.each(standIns)('%s', (name) => {
  const standIn: Interface & { readonly runs: { using: string } } = parse(
    read(`${folder}/${name}/action.yml`),
  );
  const inputs = Object.keys(standIn.inputs ?? {});
  const uses = steps.filter((step) => step.uses?.startsWith(`${name}@`));

  it('takes every input that the workflow gives', () => {
    expect(uses.length).toBeGreaterThan(0);
    for (const step of uses)
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
  });

  it('gets every input that it needs', () => {
    const required = inputs.filter((input) => standIn.inputs?.[input]?.required);
    for (const step of uses)
      expect(Object.keys(step.with ?? {})).toEqual(expect.arrayContaining(required));
  });

  it('has only inputs and outputs of the real action', () => {
    expect(Object.keys(locked[name]?.inputs ?? {})).toEqual(expect.arrayContaining(inputs));
    expect(locked[name]?.outputs).toEqual(
      expect.arrayContaining(Object.keys(standIn.outputs ?? {})),
    );
  });

  it('gives every output that the workflow reads', () => {
    const read = uses.flatMap(({ id }) =>
      [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))].map(
        ([, output]) => output,
      ),
    );
    expect(Object.keys(standIn.outputs ?? {})).toEqual(expect.arrayContaining(read));
  });

  it('reads each of its inputs by a name it declares', () => {
    const source = read(`${folder}/${name}/action.yml`);
    for (const [, input] of source.matchAll(/\binputs\.([\w-]+)/g)) expect(inputs).toContain(input);
    expect(standIn.runs.using).toBe('composite');
  });
});
