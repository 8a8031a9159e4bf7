import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../scripts/action-pins/github.ts';
import type { AdoptingRepository } from './adopting-repository.ts';
import { type RepositoryState, startGitHub } from './github-repositories.ts';
import { before, edit, lock, pinnedRepository, state } from './pinned-repository.ts';

const after = { checkout: 'a2'.repeat(20), upload: 'b2'.repeat(20) };
const tagObject = 'c2'.repeat(20);

const actionYml = `name: Checkout
inputs:
  depth:
    description: How many commits
    default: 1
  submodules:
    description: Whether to check them out
    default: false
  filter:
    description: Partial clone
    default: null
  persist-credentials:
    default: true
  fetch-depth:
    default: 1
runs:
  using: node26
outputs:
  ref: { description: The ref }
`;

const checkout: RepositoryState = {
  tags: { 'v7.1.0': after.checkout },
  commits: { [after.checkout]: '2026-09-01T23:59:59Z' },
  files: { [`action.yml@${after.checkout}`]: actionYml },
};

const codeql: RepositoryState = {
  tags: { 'v4.37.0': tagObject },
  tagObjects: { [tagObject]: after.upload },
  commits: { [after.upload]: '2026-09-01T00:00:00Z' },
  releases: { 'v4.37.0': '2026-09-03T10:00:00Z' },
  files: {
    [`upload-sarif/action.yaml@${after.upload}`]:
      'inputs:\n  sarif_file: { required: true }\nruns: { using: node24 }\n',
  },
};

const bumpCheckout = (text: string) =>
  text.replaceAll(`${before.checkout} # v7.0.1`, `${after.checkout} # v7.1.0`);
const bumpUpload = (text: string) =>
  text.replaceAll(`${before.upload} # v4.36.2`, `${after.upload} # v4.37.0`);

let unchanged: AdoptingRepository;

beforeAll(async () => {
  unchanged = await pinnedRepository();
});

afterAll(async () => {
  await unchanged[Symbol.asyncDispose]();
});

const withoutSubmodules: RepositoryState = {
  ...checkout,
  files: { [`action.yml@${after.checkout}`]: actionYml.replace('submodules:', 'modules:') },
};

it('makes lock, types and workflow follow what a bot pinned', async () => {
  await using repository = await unchanged.copy();
  await using github = await startGitHub({
    'actions/checkout': checkout,
    'github/codeql-action': codeql,
  });
  await edit(repository, (text) => bumpUpload(bumpCheckout(text)));
  const { exitCode, output } = await repository.run(['pins'], {
    env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'ghp_1' },
  });
  expect(output).toBe(
    [
      'actions/checkout v7.0.1 → v7.1.0',
      '  runs on node26, before on node24',
      '  input added: filter',
      '  output removed: commit',
      'github/codeql-action/upload-sarif v4.36.2 → v4.37.0',
      '  input required now: sarif_file',
      '  output removed: sarif-id',
      'Adopted. Read the difference (git diff), run npm run check, and commit it.',
    ].join('\n'),
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(await repository.read('pipeline/actions.lock.json'))).toEqual({
    'actions/checkout': {
      tag: 'v7.1.0',
      sha: after.checkout,
      released: '2026-09-01',
      using: 'node26',
      inputs: { ...lock['actions/checkout'].inputs, filter: { required: false, default: null } },
      outputs: ['ref'],
    },
    'github/codeql-action/upload-sarif': {
      tag: 'v4.37.0',
      sha: after.upload,
      released: '2026-09-03',
      using: 'node24',
      inputs: { sarif_file: { required: true, default: null } },
      outputs: [],
    },
  });
  const types = await repository.read('pipeline/actions.generated.ts');
  expect(types).toContain(`"uses":"actions/checkout@${after.checkout}"`);
  expect(types).toContain('"filter"?: string;');
  expect(types).toContain('"sarif_file": string;');
  const yaml = await repository.read('.github/workflows/staging.yml');
  expect(yaml.match(new RegExp(`${after.checkout} # v7.1.0\n`, 'g'))).toHaveLength(2);
  expect(yaml).toContain(`${after.upload} # v4.37.0\n`);
  expect(github.authorizations).toEqual(new Set(['token ghp_1']));

  expect(await repository.run(['pins'], { env: { GITHUB_API_URL: github.url } })).toEqual({
    exitCode: 0,
    output:
      'Every pin in the workflows is the one of pipeline/actions.lock.json: nothing to adopt.',
  });
});

it('names the lines that a removed input breaks, of definitions and of its type', async () => {
  await using repository = await unchanged.copy();
  await using github = await startGitHub({ 'actions/checkout': withoutSubmodules });
  await edit(repository, bumpCheckout);
  const { exitCode, output } = await repository.run(['pins'], {
    env: { GITHUB_API_URL: github.url },
  });
  expect(output).toContain(
    'pipeline/action-types.yml:3: the input submodules of actions/checkout does not exist in v7.1.0\n',
  );
  expect(output).toMatch(/^pipeline\/check-out\.ts:8:5: .*no input submodules/m);
  expect(output).toContain('Mend them, then: npm run build && npm run check');
  expect(exitCode).toBe(1);
  expect(await repository.read('pipeline/actions.lock.json')).toContain(after.checkout);

  await repository.write('pipeline/action-types.yml', '');
  await repository.write(
    'pipeline/check-out.ts',
    (await repository.read('pipeline/check-out.ts')).replace("    submodules: 'recursive',\n", ''),
  );
  expect(await repository.run(['build', '--no-lint', '--types'])).toMatchObject({ exitCode: 0 });
  expect((await repository.run(['build', '--no-lint'])).output).toBe(
    'Every generated file is up to date.',
  );
});

it('changes nothing in a dry run', async () => {
  await using repository = await unchanged.copy();
  await using github = await startGitHub({ 'actions/checkout': withoutSubmodules });
  await edit(repository, bumpCheckout);
  const untouched = await state(repository);
  const { exitCode, output } = await repository.run(['pins', '--dry-run'], {
    env: { GITHUB_API_URL: github.url },
  });
  expect(output).toContain('input removed: submodules\n  input added: modules\n');
  expect(output).toContain('pipeline/action-types.yml:3: the input submodules');
  expect(output).toContain('Nothing was written: this was a dry run.');
  expect(exitCode).toBe(1);
  expect(await state(repository)).toEqual(untouched);
});

it('asks nothing where nothing changed, and says so', async () => {
  await using github = await startGitHub({});
  const { exitCode, output } = await unchanged.run(['pins'], {
    env: { GITHUB_API_URL: github.url },
  });
  expect(output).toContain('nothing to adopt');
  expect(exitCode).toBe(0);
  expect(github.requests).toEqual([]);
});

it('says how it is used', async () => {
  const { exitCode, output } = await unchanged.run(['pins', '--help']);
  expect(output).toMatch(/^Usage: staging-pipeline pins \[options\]\n/);
  expect(output).toContain('--dry-run');
  expect(output).toContain('GITHUB_TOKEN');
  expect(exitCode).toBe(0);
});

describe('writes nothing where', () => {
  const workflow = '.github/workflows/staging.yml';
  const both = (state: RepositoryState) => ({
    'actions/checkout': state,
    'github/codeql-action': codeql,
  });

  it.each([
    [
      'a tag was moved',
      both({ ...checkout, tags: { 'v7.1.0': 'dd'.repeat(20) } }),
      `${workflow}:19: the comment says v7.1.0, but that tag of actions/checkout points to dddd`,
    ],
    [
      'the comment names no tag',
      both({ ...checkout, tags: {} }),
      `${workflow}:19: the comment says v7.1.0, but actions/checkout has no such tag`,
    ],
    [
      'the commit is unknown',
      both({ ...checkout, commits: {} }),
      `${workflow}:19: actions/checkout has no commit ${after.checkout}`,
    ],
    [
      'the action has no metadata any more',
      both({ ...checkout, files: {} }),
      `${workflow}:19: actions/checkout has no action.yml at v7.1.0`,
    ],
    [
      'the metadata is none',
      both({ ...checkout, files: { [`action.yml@${after.checkout}`]: 'name: Checkout' } }),
      'actions/checkout/action.yml@v7.1.0 is not the metadata of an action',
    ],
  ])('%s', async (_, state, expected) => {
    await using github = await startGitHub(state);
    await expectRefusal((text) => bumpUpload(bumpCheckout(text)), expected, github.url);
  });

  it.each([
    [
      'two lines have different SHAs',
      (text: string) => text.replace(`${before.checkout} # v7.0.1`, `${after.checkout} # v7.1.0`),
      `actions/checkout is not the same everywhere: ${workflow}:19 has ${after.checkout} # v7.1.0, ${workflow}:28 has ${before.checkout} # v7.0.1`,
    ],
    [
      'the version is missing',
      (text: string) => bumpCheckout(text).replaceAll(' # v7.1.0', ''),
      `${workflow}:19: the SHA of actions/checkout needs its version`,
    ],
    [
      'a tag stands in for the SHA',
      (text: string) => bumpUpload(text).replace(after.upload, 'v4'),
      `${workflow}:24: github/codeql-action/upload-sarif is pinned to "v4", which is no full commit SHA`,
    ],
    [
      'an action is not in the lock',
      (text: string) =>
        text.replace('./pipeline/actions/smoke-test', `acme/cache@${after.upload} # v5`),
      `${workflow}:33: pipeline/actions.lock.json has no acme/cache. Add it (npx staging-pipeline actions add acme/cache)`,
    ],
  ])('%s', async (_, edit, expected) => {
    await using github = await startGitHub(both(checkout));
    await expectRefusal(edit, expected, github.url);
    expect(github.requests).toEqual([]);
  });

  it('nothing answers', async () => {
    const { url } = await startGitHub({}).then(async (github) => {
      await github[Symbol.asyncDispose]();
      return github;
    });
    await expectRefusal(bumpCheckout, `No answer from ${url}. Check the network`, url);
  });

  it('the address of the API is none', async () => {
    await expectRefusal(bumpCheckout, 'GITHUB_API_URL', 'api.github.com');
  });

  async function expectRefusal(change: (text: string) => string, expected: string, url: string) {
    await using repository = await unchanged.copy();
    await edit(repository, change);
    const untouched = await state(repository);
    const { exitCode, output } = await repository.run(['pins'], { env: { GITHUB_API_URL: url } });
    expect(output).toContain('Error: ');
    expect(output).toContain(expected);
    // A UserError has no stack.
    expect(output).not.toContain('    at ');
    expect(exitCode).toBe(1);
    expect(await state(repository)).toEqual(untouched);
  }
});

describe('GitHub', () => {
  const ask = (GITHUB_API_URL: string, timeout?: number) =>
    connect({
      environment: { GITHUB_API_URL },
      signal: new AbortController().signal,
      ...(timeout === undefined ? {} : { timeout }),
    })('actions/checkout').dayOfCommit(after.checkout);

  async function answering(status: number | undefined) {
    const server = createServer((_, response) => {
      if (status === undefined) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"message":"No"}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      [Symbol.dispose]() {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  it.each([
    [401, 'GITHUB_TOKEN is not valid'],
    [403, 'GITHUB_TOKEN=$(gh auth token) npm run pins'],
    [429, 'GITHUB_TOKEN=$(gh auth token) npm run pins'],
    [502, 'Run the command again in a few minutes'],
  ])('that answers %d is an error that says what to do', async (status, advice) => {
    using server = await answering(status);
    await expect(ask(server.url)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(advice),
    });
  });

  it('that does not answer in time is one too', async () => {
    using server = await answering(undefined);
    await expect(ask(server.url, 50)).rejects.toThrow(/timeout\nNo answer from/);
  });
});
