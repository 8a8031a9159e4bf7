import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cached } from '../../scripts/local/machine/cache.ts';
import { chooseActions } from '../../scripts/local/workflow-actions/choose-actions.ts';
import { fetchActions, gitHubAnswers } from '../../scripts/local/workflow-actions/fetch-actions.ts';
import { type UsedAction, usedActions } from '../../scripts/local/workflow-actions/used-actions.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'actions-'));
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

function used(uses: string, inputs: readonly string[] = []): UsedAction {
  const [name = '', ref = ''] = uses.split('@');
  return { uses, name, ref, place: 'w.yml:7', inputs };
}

const sha = 'a'.repeat(40);
const login = used(`docker/login-action@${sha}`, ['registry', 'username', 'password']);
const build = used(`docker/build-push-action@${sha}`, ['context', 'cache-to']);
const python = used(`actions/setup-python@${sha}`, ['python-version']);
const checkout = used(`actions/checkout@${sha}`, ['persist-credentials']);
const foreign = used('somebody/something/part@v1');

describe('the actions of a workflow', () => {
  it('are those of its steps, of actions of the repository, and of workflows that it calls', async () => {
    await write(
      'workflows/one.yml',
      [
        'jobs:',
        '  a:',
        '    steps:',
        '      - run: echo "uses: no/action@v1"',
        '      - uses: docker/login-action@v4 # v4.1.0',
        '        with: { registry: a }',
        '      - uses: ./actions/own',
        '      - uses: docker://redis:7',
        '  b:',
        '    uses: ./workflows/two.yml',
        '  c:',
        '    uses: somebody/flows/.github/workflows/x.yml@main',
      ].join('\n'),
    );
    await write('workflows/two.yml', 'jobs: { d: { steps: [{ uses: "a/b@v1" }] } }');
    await write(
      'actions/own/action.yaml',
      'runs:\n  using: composite\n  steps:\n    - uses: a/c/deep@v2\n',
    );
    const found = await usedActions(root, 'workflows/one.yml');
    expect(found.map(({ uses, place, inputs }) => [uses, place, ...inputs])).toEqual([
      ['docker/login-action@v4', 'workflows/one.yml:5', 'registry'],
      ['a/c/deep@v2', 'actions/own/action.yaml:4'],
      ['a/b@v1', 'workflows/two.yml:1'],
      ['somebody/flows/.github/workflows/x.yml@main', 'workflows/one.yml:12'],
    ]);
  });
});

describe('where github.com answers', () => {
  const answers = { gitHubAnswers: true, standInImages: false };

  it('the real actions run, but for those that this machine has no place for', () => {
    const chosen = chooseActions([login, build, python, checkout, foreign], answers);
    expect(chosen.real).toEqual([login, build, foreign]);
    expect([...chosen.standIns.keys()]).toEqual([python.uses]);
    expect(chosen.summary).toBe(
      'the real ones, but stand-ins for actions/setup-python (the Pythons that it fetches are made for Ubuntu, the runner image is Debian)',
    );
    expect(chooseActions([login], answers).summary).toBe('the real ones');
  });

  it('images upon stand-ins are built by the action that knows them', () => {
    const chosen = chooseActions([login, build], { ...answers, standInImages: true });
    expect(chosen.real).toEqual([login]);
    expect(chosen.summary).toContain('docker/build-push-action (no image registry answers)');
  });
});

describe('where github.com does not answer', () => {
  const silent = { gitHubAnswers: false, standInImages: true };

  it('stand-ins run, and act checks out', () => {
    const chosen = chooseActions([login, build, python, checkout], silent);
    expect([...chosen.standIns.keys()]).toEqual([login.uses, build.uses, python.uses]);
    expect(chosen.real).toEqual([]);
    expect(chosen.summary).toBe('stand-ins (github.com does not answer)');
  });

  it('what can run neither way is named, all of it, with its place', () => {
    const elsewhere = used(`actions/checkout@${sha}`, ['repository']);
    const odd = used(`docker/build-push-action@${sha}`, ['context', 'ssh']);
    expect(() => chooseActions([login, foreign, elsewhere, odd], silent)).toThrow(
      [
        'github.com does not answer, and not every action of the workflow can run here:',
        '  - somebody/something/part@v1 (w.yml:7): there is no stand-in for it',
        `  - actions/checkout@${sha} (w.yml:7): there is no stand-in for it`,
        `  - docker/build-push-action@${sha} (w.yml:7): its stand-in has no input "ssh"; it has context, `,
      ].join('\n'),
    );
  });
});

it('is asked once whether it answers, and any answer counts', async () => {
  const server = createServer((_, response) => response.writeHead(403).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await gitHubAnswers(address)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await gitHubAnswers(address)).toBe(false);
});

describe('real actions', () => {
  const owner = `test-${process.pid}`;
  const git = async (repository: string, ...args: string[]) =>
    (await execa('git', ['-C', join(root, owner, repository), ...args])).stdout;

  async function repository(name: string, action: string): Promise<string> {
    await write(`${owner}/${name}/action.yml`, action);
    await write(`${owner}/${name}/dist/index.js`, 'console.log(1)\n');
    await write(`${owner}/${name}/.gitignore`, 'dist\n');
    await git(name, 'init', '--quiet');
    await git(name, 'add', '--all', '--force');
    const person = ['-c', 'user.name=A', '-c', 'user.email=a@localhost'];
    await git(name, ...person, 'commit', '--quiet', '--message', 'Action');
    return (await git(name, 'rev-parse', 'HEAD')).trim();
  }

  afterAll(async () => {
    const fetched = (await readdir(cached('actions'))).filter((name) => name.startsWith(owner));
    for (const name of fetched) await rm(cached('actions', name), { recursive: true });
  });

  it('are fetched at their pins, with what they use themselves, and once where the pin is a commit', async () => {
    const inner = await repository('inner', 'runs: { using: node24, main: dist/index.js }\n');
    await git('inner', 'tag', 'v1');
    const composite = `runs:\n  using: composite\n  steps:\n    - uses: ${owner}/inner@v1\n    - uses: ${owner}/inner@${inner}\n`;
    const outer = await repository('outer', composite);
    const action = used(`${owner}/outer@${outer}`);
    const folders = await fetchActions([action], `file://${root}`);
    expect([...folders.keys()]).toEqual([
      action.uses,
      `${owner}/inner@v1`,
      `${owner}/inner@${inner}`,
    ]);
    const folder = folders.get(`${owner}/inner@v1`) ?? '';
    expect(await readFile(join(folder, 'dist/index.js'), 'utf8')).toBe('console.log(1)\n');
    await rm(join(root, owner, 'outer', '.git'), { recursive: true });
    const again = await fetchActions([action], `file://${root}`);
    expect([...again]).toEqual([...folders]);
    await git('outer', 'init', '--quiet');
    await expect(fetchActions([used(`${owner}/outer@v9`)], `file://${root}`)).rejects.toThrow(
      `${owner}/outer@v9 (w.yml:7) cannot be fetched from file://${root}/${owner}/outer.`,
    );
  });
});
