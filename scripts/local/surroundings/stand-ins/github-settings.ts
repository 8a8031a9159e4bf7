import { z } from 'zod';
import { gitHubError } from './github-errors.ts';
import { json, type Reply, type Request } from './server.ts';

const names = z.array(z.string()).default([]);
const variables = z.record(z.string(), z.string()).default({});

const environment = z.strictObject({
  /** Undefined: every branch may use it. */
  branches: z.union([z.literal('protected'), z.array(z.string())]).optional(),
  reviewers: z.boolean().default(false),
  variables,
  secrets: names,
});

/** What PUT /_settings takes: a repository as its settings' pages show it. */
export const repositorySettings = z.strictObject({
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** Whether whoever asks administers it. */
  admin: z.boolean().default(true),
  owner: z.enum(['Organization', 'User']).default('Organization'),
  environments: z.record(z.string(), environment).default({}),
  variables,
  secrets: names,
  organization: z.strictObject({ variables, secrets: names }).prefault({}),
  actions: z
    .strictObject({
      enabled: z.boolean().default(true),
      allowed: z.enum(['all', 'local_only', 'selected']).default('all'),
      github: z.boolean().default(false),
      verified: z.boolean().default(false),
      patterns: names,
    })
    .prefault({}),
  /** The repository that each package belongs to, or null. */
  packages: z.record(z.string(), z.string().nullable()).default({}),
  /** The types of the rules that hold for a branch. */
  rules: z.record(z.string(), names).default({}),
  /** Branches with the older protection, and whether it asks for reviews. */
  protection: z.record(z.string(), z.boolean()).default({}),
  /** Beginnings of paths below the repository (or of the whole path) that the token may not ask. */
  forbidden: names,
  /** Answered to everything. */
  failing: z.int().optional(),
});

export type RepositorySettings = z.output<typeof repositorySettings>;

/**
 * Answers what GitHub's REST API (version 2022-11-28) answers about the settings of a repository; undefined where the
 * path is about something else, or nobody has told of any settings.
 */
export function answerSettings(
  request: Request,
  settings: RepositorySettings | undefined,
): Reply | undefined {
  if (settings === undefined || request.method !== 'GET') return undefined;
  if (settings.failing !== undefined) return failure(settings.failing);
  const path = decodeURIComponent(request.path);
  const account = /^\/users\/([^/]+)$/.exec(path)?.[1];
  if (account !== undefined)
    return json(200, { login: account, id: 1, type: settings.owner, site_admin: false });
  const [, , kind = '', owner = '', name] =
    /^(\/(orgs|users)\/([^/]+)\/packages\/container\/(.+))$/.exec(path) ?? [];
  const below = path.startsWith(`/repos/${settings.repository}`)
    ? path.slice(`/repos/${settings.repository}`.length)
    : undefined;
  if (settings.forbidden.some((each) => (below ?? path).startsWith(each)))
    return gitHubError(403, 'Resource not accessible by personal access token');
  if (name !== undefined) return packageOf(settings, kind, owner, name);
  if (below === undefined) return undefined;
  return answerRepository(below, request, settings);
}

function failure(status: number): Reply {
  if (status !== 429) return gitHubError(status, 'It failed');
  const reply = gitHubError(403, 'API rate limit exceeded');
  return { ...reply, headers: { ...reply.headers, 'x-ratelimit-remaining': '0' } };
}

function answerRepository(
  path: string,
  request: Request,
  settings: RepositorySettings,
): Reply | undefined {
  const { admin, actions, repository, organization } = settings;
  const list = (key: string, items: readonly object[]) => page(request, key, items);
  const ofEnvironment = /^\/environments\/([^/]+)(?:\/([\w-]+))?$/.exec(path);
  if (ofEnvironment !== null) return answerEnvironment(ofEnvironment, request, settings);
  const [, kind, branch = ''] =
    /^\/(rules\/branches|branches)\/(.+?)(?:\/protection)?$/.exec(path) ?? [];
  if (kind === 'rules/branches')
    return json(
      200,
      (settings.rules[branch] ?? []).map((type) => ruleOf(type, repository)),
    );
  if (kind === 'branches') return protectionOf(settings, branch);
  const mustBeAdmin = () => gitHubError(403, 'Must have admin rights to Repository.');
  switch (path) {
    case '': {
      const [owner = '', name = ''] = repository.split('/');
      const permissions = { admin, maintain: admin, push: true, triage: true, pull: true };
      return json(200, {
        id: 1,
        name,
        full_name: repository,
        owner: { login: owner },
        permissions,
      });
    }
    case '/actions/permissions':
      if (!admin) return mustBeAdmin();
      return json(200, { enabled: actions.enabled, allowed_actions: actions.allowed });
    case '/actions/permissions/selected-actions':
      if (!admin) return mustBeAdmin();
      return json(200, {
        github_owned_allowed: actions.github,
        verified_allowed: actions.verified,
        patterns_allowed: actions.patterns,
      });
    case '/actions/variables':
      return list('variables', variablesOf(settings.variables));
    case '/actions/secrets':
      return admin ? list('secrets', secretsOf(settings.secrets)) : mustBeAdmin();
    case '/actions/organization-variables':
      return list('variables', variablesOf(organization.variables));
    case '/actions/organization-secrets':
      return list('secrets', secretsOf(organization.secrets));
    default:
      return undefined;
  }
}

function answerEnvironment(
  [, name = '', part]: RegExpExecArray,
  request: Request,
  settings: RepositorySettings,
): Reply {
  const found = settings.environments[name];
  if (found === undefined) return gitHubError(404, 'Not Found');
  const { branches, reviewers } = found;
  switch (part) {
    case 'variables':
      return page(request, 'variables', variablesOf(found.variables));
    case 'secrets':
      return page(request, 'secrets', secretsOf(found.secrets));
    case 'deployment-branch-policies': {
      const policies = Array.isArray(branches) ? branches : [];
      const all = policies.map((each, index) => ({ id: 100 + index, name: each, type: 'branch' }));
      return page(request, 'branch_policies', all);
    }
    default:
      return json(200, {
        id: 5,
        name,
        protection_rules: [
          ...(reviewers ? [{ id: 6, type: 'required_reviewers', reviewers: [] }] : []),
          ...(branches === undefined ? [] : [{ id: 7, type: 'branch_policy' }]),
        ],
        deployment_branch_policy:
          branches === undefined
            ? null
            : {
                protected_branches: branches === 'protected',
                custom_branch_policies: branches !== 'protected',
              },
      });
  }
}

function packageOf(
  { owner: type, repository, packages }: RepositorySettings,
  kind: string,
  owner: string,
  name: string,
): Reply {
  const [account] = repository.split('/');
  const right = (kind === 'orgs') === (type === 'Organization') && owner === account;
  const linked = right ? packages[name] : undefined;
  if (linked === undefined) return gitHubError(404, 'Package not found.');
  return json(200, {
    id: 8,
    name,
    package_type: 'container',
    visibility: 'private',
    ...(linked !== null && { repository: { full_name: linked } }),
  });
}

function protectionOf({ admin, protection }: RepositorySettings, branch: string): Reply {
  const reviews = protection[branch];
  if (!admin || reviews === undefined)
    return gitHubError(404, admin ? 'Branch not protected' : 'Not Found');
  const wanted = { required_approving_review_count: 1 };
  return json(200, { ...(reviews && { required_pull_request_reviews: wanted }) });
}

function ruleOf(type: string, source: string) {
  return { type, ruleset_source_type: 'Repository', ruleset_source: source, ruleset_id: 9 };
}

function variablesOf(given: Readonly<Record<string, string>>) {
  return Object.entries(given).map(([name, value]) => ({ name, value }));
}

function secretsOf(given: readonly string[]) {
  return given.map((name) => ({ name }));
}

/** A page of a list, with a link to the next one. */
function page(request: Request, key: string, items: readonly object[]): Reply {
  const size = Number(request.query.get('per_page') ?? 30);
  const number = Number(request.query.get('page') ?? 1);
  const shown = items.slice((number - 1) * size, number * size);
  const next = new URLSearchParams({ per_page: `${size}`, page: `${number + 1}` });
  const address = `http://${request.headers.host}${request.path}?${next}`;
  const link = number * size < items.length ? { link: `<${address}>; rel="next"` } : {};
  return json(200, { total_count: items.length, [key]: shown }, link);
}
