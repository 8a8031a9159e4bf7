import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { AdoptingRepository, settings, workflowWith } from './adopting-repository.ts';
import { type GitHub, type RepositoryState, startGitHub } from './github-repositories.ts';

const sha = 'a1'.repeat(20);
const newer = 'b1'.repeat(20);
const tagObject = 'c1'.repeat(20);

const cache: RepositoryState = {
  tags: {
    v5: newer,
    'v5.0.0': newer,
    v4: sha,
    ...Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`v3.0.${at}`, 'd1'.repeat(20)])),
    'v4.2.1': tagObject,
    'pre-release': sha,
  },
  tagObjects: { [tagObject]: sha },
  commits: { [sha]: '2026-03-01T00:00:00Z', [newer]: '2026-06-01T00:00:00Z' },
  releases: { 'v4.2.1': '2026-03-02T00:00:00Z', 'v5.0.0': '2026-06-02T00:00:00Z' },
  files: {
    [`action.yml@${sha}`]:
      'inputs:\n  key: { required: true }\n  compress: { default: true }\noutputs: { hit: {} }\nruns: { using: node24 }\n',
    [`action.yml@${newer}`]: 'inputs:\n  key: { required: true }\nruns: { using: node24 }\n',
    [`save/action.yaml@${sha}`]: 'inputs:\n  level: { default: 3 }\nruns: { using: node24 }\n',
    [`restore/action.yml@${newer}`]: 'runs: { using: composite }\n',
  },
};

const steps = `  .step({ name: 'Keep', uses: 'acme/cache', with: { key: 'x' } })
  .step({ name: 'Bring back', uses: 'acme/cache/restore' })`;

let github: GitHub;
let unchanged: AdoptingRepository;

beforeAll(async () => {
  github = await startGitHub({ 'acme/cache': cache, 'acme/bare': { commits: {} } });
  unchanged = await AdoptingRepository.make({
    'pipeline/settings.ts': settings,
    'pipeline/staging.ts': workflowWith(steps),
  });
});
afterAll(async () => {
  await unchanged?.[Symbol.asyncDispose]();
  await github?.[Symbol.asyncDispose]();
});

let repository: AdoptingRepository;
beforeEach(async () => {
  repository = await unchanged.copy();
  return () => repository[Symbol.asyncDispose]();
});

const add = (...words: string[]) =>
  repository.run(['actions', 'add', ...words], { env: { GITHUB_API_URL: github.url } });
const lock = async () => JSON.parse(await repository.read('pipeline/actions.lock.json'));

describe('an action that is named', () => {
  it('is pinned to the commit of its tag, under the tag that says most', async () => {
    const { exitCode, output } = await add('acme/cache@v4', 'acme/cache/save@v4');
    expect(output).toContain(`acme/cache v4.2.1 of 2026-03-02, commit ${sha}`);
    expect(output).toContain('  inputs: key (required), compress\n  outputs: hit\n');
    expect(exitCode).toBe(0);
    expect(await lock()).toEqual({
      'acme/cache': {
        ...{ tag: 'v4.2.1', sha, released: '2026-03-02', using: 'node24' },
        inputs: {
          key: { required: true, default: null },
          compress: { required: false, default: 'true' },
        },
        outputs: ['hit'],
      },
      'acme/cache/save': {
        ...{ tag: 'v4.2.1', sha, released: '2026-03-02', using: 'node24' },
        inputs: { level: { required: false, default: '3' } },
        outputs: [],
      },
    });
    const types = await repository.read('pipeline/actions.generated.ts');
    expect(types).toContain(`"uses":"acme/cache/save@${sha}"`);
    expect(types).toContain('"key": string;');
  });

  it('is the latest release without a tag, or the commit that is given', async () => {
    expect((await add('acme/cache')).output).toContain('acme/cache v5.0.0 of 2026-06-02');
    const back = await add(`acme/cache@${sha}`);
    expect(back.output).toContain('acme/cache v5.0.0 → v4.2.1\n  input added: compress');
    expect((await lock())['acme/cache'].sha).toBe(sha);
  });

  it('is not written in a dry run', async () => {
    const { output } = await add('acme/cache', '--dry-run');
    expect(output).toContain('Nothing was written: this was a dry run.');
    await expect(lock()).rejects.toThrow('ENOENT');
  });

  it('comes from a checkout where GitHub cannot be asked', async () => {
    await using folder = await temporaryFolder();
    const git = (...words: string[]) =>
      execa('git', [
        '-C',
        folder.path,
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@localhost',
        ...words,
      ]);
    await git('init', '--quiet');
    await writeFile(
      join(folder.path, 'action.yml'),
      'outputs: { url: {} }\nruns: { using: docker }\n',
    );
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'One', '--date', '2026-02-03T12:00:00Z');
    await git('tag', '--annotate', 'v1.0.0', '--message', 'One');
    await git('tag', 'v1');
    const { stdout: commit } = await git('rev-parse', 'HEAD');
    const { exitCode, output } = await repository.run(
      ['actions', 'add', 'acme/own', '--from', folder.path],
      { env: { GITHUB_API_URL: 'http://127.0.0.1:1' } },
    );
    expect(output).toContain(`acme/own v1.0.0 of `);
    expect(exitCode).toBe(0);
    expect((await lock())['acme/own']).toMatchObject({ sha: commit, outputs: ['url'] });
  });
});

describe('actions that definitions use and the lock lacks', () => {
  it('are named by the build, and all added when none is named', async () => {
    const before = await repository.run(['build', '--no-lint']);
    expect(before.output).toContain('npx staging-pipeline actions add acme/cache');
    const { exitCode, output } = await add();
    expect(output).toContain('acme/cache v5.0.0');
    expect(output).toContain('acme/cache/restore v5.0.0');
    expect(exitCode).toBe(0);
    expect(Object.keys(await lock())).toEqual(['acme/cache', 'acme/cache/restore']);
  });

  it('may be none', async () => {
    await repository.write('pipeline/staging.ts', workflowWith(''));
    expect(await add()).toEqual({ exitCode: 0, output: 'The lock has every action that is used.' });
  });
});

it.each([
  ['cache', '"cache" names no action: write owner/name'],
  ['acme/../x', '"acme/../x" names no action'],
  ['acme/cache@v9', 'acme/cache@v9: acme/cache has no tag v9'],
  ['acme/bare', 'acme/bare: acme/bare has no release: name a tag or a commit'],
  ['acme/cache/none@v4', 'acme/cache has no none/action.yml at v4.2.1'],
  [`acme/cache@${'e1'.repeat(20)}`, 'no tag of acme/cache points to'],
])('refuses %s, and writes nothing', async (word, says) => {
  const { exitCode, output } = await add('acme/cache', word);
  expect(output).toContain(says);
  expect(output).not.toContain('    at ');
  expect(exitCode).toBe(1);
  await expect(lock()).rejects.toThrow('ENOENT');
});
