import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../scripts/repository/repository.ts';
import type { Plain } from '../../src/typed/plain.ts';
import { job } from './compiled-workflow.ts';

const workflows = await Array.fromAsync(
  glob('.github/workflows/*.yml', { cwd: packageRoot }),
  async (path) => ({ path, text: await readFile(join(packageRoot, path), 'utf8') }),
);
const plain = workflows.map(({ path, text }) => ({ path, text, workflow: parse(text) as Plain }));

it('gives a pull request, which may be of a stranger, no secret and no right to write', () => {
  const started = plain.filter(({ workflow: { on } }) =>
    Object.keys(on).some((event) => event.startsWith('pull_request')),
  );
  expect(started.map(({ path }) => path)).toEqual(['.github/workflows/pipeline-checks.yml']);
  for (const { text, workflow } of started) {
    expect(Object.keys(workflow.on)).toEqual(['pull_request']);
    expect(text).not.toContain('secrets.');
    expect(workflow.permissions).toEqual({});
    for (const { environment, permissions } of Object.values(workflow.jobs)) {
      expect(environment).toBeUndefined();
      expect(permissions).toEqual({ contents: 'read' });
    }
  }
});

it('gives scanners no secret and no right to write', () => {
  const { environment, permissions } = job('scan');
  expect(environment).toBeUndefined();
  expect(permissions).toEqual({ contents: 'read', packages: 'read' });
  expect(JSON.stringify(job('scan'))).not.toMatch(/secrets\.(?!GITHUB_TOKEN\b)/);
});

it('gives each job its rights by name, and the whole of a workflow none', () => {
  for (const { path, workflow } of plain) {
    expect([path, workflow.permissions]).toEqual([path, {}]);
    for (const [id, { permissions }] of Object.entries(workflow.jobs))
      expect([id, typeof permissions]).toEqual([id, 'object']);
  }
});

it('runs nothing of others that is not at a full commit', () => {
  const used = plain.flatMap(({ workflow }) =>
    Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])),
  );
  const others = used.filter((uses) => !uses.startsWith('./'));
  expect(others.length).toBeGreaterThan(10);
  for (const uses of others) expect(uses).toMatch(/@[0-9a-f]{40}$/);
});
