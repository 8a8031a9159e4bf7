import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import type { NeededSetting } from '../../scripts/build/needed-settings.ts';
import { openAsker } from '../../scripts/first-run/ask.ts';
import { checkRepository } from '../../scripts/first-run/check.ts';
import { isReady, reportLines } from '../../scripts/first-run/report.ts';
import type { repositorySettings } from '../../scripts/local/surroundings/stand-ins/github-settings.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { type StandIn, startStandIn, temporaryFolder } from '../unit/stand-ins-process.ts';

vi.setConfig({ testTimeout: 60_000 });

type Settings = Omit<z.input<typeof repositorySettings>, 'repository'>;

const setting = (
  kind: NeededSetting['kind'],
  name: string,
  environment: string,
  required = true,
): NeededSetting => ({ kind, name, environment, required, description: name, users: [] });

const wanted = {
  owner: 'example',
  repo: 'shop',
  branch: 'develop',
  settings: [
    setting('variable', 'REGISTRY', ''),
    setting('variable', 'IMAGE_REPOSITORY', ''),
    setting('variable', 'STAGING_HOST', 'staging'),
    setting('variable', 'STAGING_JUMP_HOST', 'staging', false),
    setting('secret', 'STAGING_SSH_KEY', 'staging'),
  ],
  actions: ['actions/checkout@0a1b', 'docker/login-action@2c3d', 'github/codeql-action/init@4e5f'],
  images: ['api'],
};

const good = {
  environments: {
    staging: {
      branches: ['develop'],
      variables: { STAGING_HOST: 'staging.example.org' },
      secrets: ['STAGING_SSH_KEY'],
    },
  },
  variables: { REGISTRY: 'ghcr.io', IMAGE_REPOSITORY: 'example/shop' },
  packages: { 'shop/api': 'example/shop' },
  rules: { develop: ['deletion', 'pull_request'] },
} satisfies Settings;
const { staging } = good.environments;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let github: StandIn;

beforeAll(async () => {
  folder = await temporaryFolder();
  github = await startStandIn('github', folder.path);
});
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function setUp(settings: Settings, repository = 'example/shop'): Promise<void> {
  const answer = await fetch(`${github.url}/_settings`, {
    method: 'PUT',
    body: JSON.stringify({ repository, ...settings }),
  });
  expect(await answer.text()).toContain('"repository"');
  expect(answer.status).toBe(200);
}

async function check(settings: Settings = good, changes: Partial<typeof wanted> = {}) {
  await setUp(settings);
  const asker = openAsker({
    apiUrl: github.url,
    token: 'ghp_stand-in',
    signal: new AbortController().signal,
  });
  const findings = await checkRepository(asker, { ...wanted, ...changes });
  return { lines: reportLines('example/shop', findings).slice(2), ready: isReady(findings) };
}

const right = [
  '  ✓ GitHub Actions is on',
  '  ✓ actions of others are allowed',
  '  ✓ the environment staging is for develop alone',
  '  ✓ variable REGISTRY of the repository is set',
  '  ✓ variable IMAGE_REPOSITORY of the repository is set',
  '  ✓ variable STAGING_HOST of the environment staging is set',
  '  ✓ secret STAGING_SSH_KEY of the environment staging is set',
  '  ✓ the package example/shop/api belongs to the repository',
  '  ✓ develop takes pull requests only',
];

it('says of a repository that is set up that all is right', async () => {
  const { lines, ready } = await check();
  expect(lines).toEqual([...right, '', 'All 9 are right: git push, and gh run watch.']);
  expect(ready).toBe(true);
});

describe('what is wrong', () => {
  const environments = 'repos/example/shop/environments/staging';
  const own = `gh api --method PUT '${environments}' --input - <<<'{"deployment_branch_policy":{"protected_branches":false,"custom_branch_policies":true}}'`;
  const name = `gh api --method POST '${environments}/deployment-branch-policies' -f name='develop'`;

  it.each<[string, Settings, readonly string[]]>([
    [
      'no environment',
      { ...good, environments: {} },
      [
        '  ✗ the environment staging is not there',
        `      ${own}`,
        `      ${name}`,
        '  ✗ variable STAGING_HOST of the environment staging is not set',
        '      gh variable set STAGING_HOST --env staging',
        '  ✗ secret STAGING_SSH_KEY of the environment staging is not set',
        '      gh secret set STAGING_SSH_KEY --env staging',
      ],
    ],
    [
      'an environment for every branch',
      { ...good, environments: { staging: { ...staging, branches: undefined } } },
      [
        '  ✗ the environment staging may be used by every branch, with its secrets',
        `      ${own}`,
        `      ${name}`,
      ],
    ],
    [
      'an environment for protected branches',
      { ...good, environments: { staging: { ...staging, branches: 'protected' } } },
      [
        '  ✗ the environment staging may be used by every protected branch, not by develop alone',
        `      ${own}`,
        `      ${name}`,
      ],
    ],
    [
      'an environment for another branch',
      { ...good, environments: { staging: { ...staging, branches: ['main'] } } },
      [
        '  ✗ the branch rule of the environment staging does not name develop: its jobs would be refused',
        `      ${name}`,
      ],
    ],
    [
      'an environment for more branches',
      { ...good, environments: { staging: { ...staging, branches: ['develop', '*'] } } },
      [
        '  ✗ the branch rule of the environment staging lets in more than develop: *',
        `      gh api --method DELETE '${environments}/deployment-branch-policies/101'`,
      ],
    ],
    [
      'an empty variable, and one that is not there',
      { ...good, variables: { REGISTRY: '' } },
      [
        '  ✗ variable REGISTRY of the repository is empty',
        '      gh variable set REGISTRY',
        '  ✗ variable IMAGE_REPOSITORY of the repository is not set',
        '      gh variable set IMAGE_REPOSITORY',
        '  ? access to the packages was not checked: the variables REGISTRY and IMAGE_REPOSITORY are not known',
      ],
    ],
    [
      'no Actions',
      { ...good, actions: { enabled: false } },
      [
        '  ✗ GitHub Actions is off for this repository',
        "      gh api --method PUT 'repos/example/shop/actions/permissions' -F enabled=true -f allowed_actions=all",
      ],
    ],
    [
      'actions of the owner only',
      { ...good, actions: { allowed: 'local_only' } },
      [
        '  ✗ only actions of example are allowed, and the pipeline uses actions/checkout, docker/login-action, github/codeql-action/init',
        "      gh api --method PUT 'repos/example/shop/actions/permissions' -F enabled=true -f allowed_actions=all",
      ],
    ],
    [
      'selected actions that lack one',
      {
        ...good,
        actions: { allowed: 'selected', github: true, patterns: ["o'h/*", 'docker/x@*'] },
      },
      [
        '  ✗ docker/login-action may not be used',
        `      gh api --method PUT 'repos/example/shop/actions/permissions/selected-actions' --input - <<<'{"github_owned_allowed":true,"verified_allowed":false,"patterns_allowed":["o'\\''h/*","docker/x@*","docker/login-action@*"]}'`,
      ],
    ],
    [
      'selected actions that forbid one',
      {
        ...good,
        actions: { allowed: 'selected', github: true, patterns: ['*', '!docker/login-action'] },
      },
      [
        '  ✗ docker/login-action may not be used',
        expect.stringContaining('selected-actions') as unknown as string,
      ],
    ],
    [
      'a package of another repository',
      { ...good, packages: { 'shop/api': 'example/old' } },
      [
        '  ✗ the package example/shop/api belongs to example/old, so that a run here may not push to it unless it was given the role Write',
        '      open https://github.com/orgs/example/packages/container/shop%2Fapi/settings    # Manage Actions access: add example/shop with the role Write',
      ],
    ],
    [
      'a branch that anybody can push to',
      { ...good, rules: { develop: ['deletion'] }, protection: { develop: false } },
      [
        '  ✗ develop can be pushed to without a review, and what is in it runs on the server as root',
        expect.stringMatching(
          /^ {6}gh api --method POST 'repos\/example\/shop\/rulesets' --input - <<<'\{.*"refs\/heads\/develop".*\}'$/,
        ) as unknown as string,
      ],
    ],
  ])('is told with what mends it: %s', async (_, settings, expected) => {
    const { lines, ready } = await check(settings);
    expect(lines.filter((line) => !/^(?: {2}[✓!]|$|\d)/.test(line))).toEqual(expected);
    expect(lines.at(-1)).toMatch(/^\d+ right, \d to mend/);
    expect(ready).toBe(false);
  });
});

describe('what is right in another way', () => {
  it.each<[string, Settings, string]>([
    [
      'selected actions',
      {
        ...good,
        actions: { allowed: 'selected', github: true, patterns: ['docker/login-action@*'] },
      },
      '  ✓ the actions that the pipeline uses are among those allowed',
    ],
    [
      'the older protection of branches',
      { ...good, rules: {}, protection: { develop: true } },
      '  ✓ develop takes reviewed pull requests only',
    ],
    [
      'a package that the first run makes',
      { ...good, packages: {} },
      '  ! the package example/shop/api is not there, or this token does not see it: the first run makes it, where example lets it',
    ],
    [
      'packages of a person',
      { ...good, owner: 'User' },
      '  ✓ the package example/shop/api belongs to the repository',
    ],
    [
      'a secret of the organisation',
      {
        ...good,
        environments: { staging: { ...staging, secrets: [] } },
        organization: { secrets: ['STAGING_SSH_KEY'] },
      },
      '  ! secret STAGING_SSH_KEY of the environment staging is set for more than the environment staging: every branch can use it',
    ],
    [
      'another registry',
      { ...good, variables: { ...good.variables, REGISTRY: 'registry.example.org' } },
      "  ! registry.example.org is not GitHub's registry: access to the packages was not checked",
    ],
    [
      'reviewers',
      { ...good, environments: { staging: { ...staging, reviewers: true } } },
      '  ! the environment staging wants reviewers: each job that uses it will wait for them',
    ],
  ])('is said so: %s', async (_, settings, line) => {
    const { lines, ready } = await check(settings);
    expect(lines).toContain(line);
    expect(lines.join('\n')).not.toMatch(/^ {2}[✗?]/m);
    expect(lines.at(-1)).toMatch(
      line.startsWith('  !') ? /^Nothing to mend: [89] right, 1 to know\.$/ : /^All 9 are right/,
    );
    expect(ready).toBe(true);
  });

  it('is found on any page of a list', async () => {
    const many = Array.from({ length: 70 }, (_, each) => [`A_${each}`, 'x'] as const);
    const variables = Object.fromEntries([...many, ...Object.entries(good.variables)]);
    const { lines } = await check({ ...good, variables });
    expect(lines.slice(0, -2)).toEqual(right);
  });
});

describe('what could not be asked', () => {
  const why = 'this token may not ask that (403: Resource not accessible by personal access token';

  it.each([
    ['/actions/permissions', 'what GitHub Actions may do', right.slice(2)],
    [
      '/environments/staging/secrets',
      'secret STAGING_SSH_KEY of the environment staging',
      [...right.slice(0, 6), ...right.slice(7)],
    ],
    [
      '/environments/staging/deployment',
      'the branch rule of the environment staging',
      [...right.slice(0, 2), ...right.slice(3)],
    ],
    ['/orgs', 'the package example/shop/api', [...right.slice(0, 7), ...right.slice(8)]],
    ['/rules', 'the protection of develop', right.slice(0, 8)],
  ])('is never right: %s', async (path, about, others) => {
    const { lines, ready } = await check({ ...good, forbidden: [path] });
    expect(lines).toContainEqual(
      expect.stringMatching(`^  [?] ${about} was not checked: ${why.replaceAll(/[()]/g, '[()]')}`),
    );
    expect(lines.filter((line) => line.startsWith('  ✓'))).toEqual(others);
    expect(lines.at(-1)).toMatch(/right, 1 not checked$/);
    expect(ready).toBe(false);
  });

  it('is all that GitHub hides from a token that does not administer the repository', async () => {
    const { lines, ready } = await check({ ...good, admin: false, rules: {}, environments: {} });
    expect(lines.filter((line) => line.startsWith('  ✗'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('  ?'))).toHaveLength(5);
    expect(lines.join('\n')).toContain('which does not administer the repository');
    expect(ready).toBe(false);
  });

  it('is whether verified publishers are among those allowed', async () => {
    const actions = { allowed: 'selected', github: true, verified: true } as const;
    const { lines, ready } = await check({ ...good, actions });
    expect(lines).toContainEqual(
      expect.stringContaining('? whether docker/login-action may be used was not checked'),
    );
    expect(ready).toBe(false);
  });

  it('is everything where GitHub has trouble, or is asked too often', async () => {
    for (const [failing, words] of [
      [500, 'example/shop: GitHub answered 500: It failed'],
      [403, 'example/shop: this token may not ask that (403: It failed'],
      [429, 'example/shop: GitHub answers no more questions for a while (403)'],
      [404, 'GitHub shows no example/shop to this token, so nothing was checked'],
      [401, 'GitHub does not take the token (It failed'],
    ] as const)
      await expect(check({ ...good, failing })).rejects.toThrow(words);
  });
});

describe('the command', () => {
  const firstRun = (environment: Readonly<Record<string, string>>) =>
    execa(process.execPath, ['--conditions=source', 'scripts/cli.ts', 'first-run'], {
      cwd: packageRoot,
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: 'ghp_stand-in',
        GITHUB_REPOSITORY: 'example/shop',
        GH_TOKEN: '',
        NO_COLOR: '1',
        ...environment,
      },
      all: true,
      reject: false,
    });

  it('checks what the settings of this project declare, and changes nothing', async () => {
    await setUp(good);
    const { exitCode, all } = await firstRun({});
    expect(exitCode).toBe(1);
    expect(all).toContain('✓ secret STAGING_SSH_KEY of the environment staging is set');
    expect(all).toContain('✗ secret SLACK_BOT_TOKEN of the environment staging is not set');
    expect(all).toContain('      gh secret set SLACK_BOT_TOKEN --env staging');
    const asked = (await (await fetch(`${github.url}/_received`)).json()) as { method: string }[];
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it.each([
    [
      { GITHUB_API_URL: 'http://127.0.0.1:1' },
      /127\.0\.0\.1:1 cannot be reached .*nothing was checked/,
    ],
    [{ GITHUB_TOKEN: 'bad' }, /GitHub does not take the token \(Bad credentials.*gh auth login/],
    [
      { GITHUB_TOKEN: '', GH_CONFIG_DIR: '/nowhere' },
      /those who sign in only: gh auth login, or set GITHUB_TOKEN/,
    ],
    [{ GITHUB_REPOSITORY: 'example/nowhere' }, /GitHub shows no example\/nowhere to this token/],
  ])('says why nothing was checked: %j', async (environment, words) => {
    const { exitCode, all } = await firstRun(environment as Record<string, string>);
    expect(exitCode).toBe(1);
    expect(all).toMatch(words);
    expect(all).not.toContain('✓');
  });
});
