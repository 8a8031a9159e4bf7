import type { Plain } from '../plain.ts';
import { simulate } from '../simulate.ts';
import { deploys } from './deploying.ts';
import { type Checked, type Fault, jobsOf, type Path, stepsOf } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';
import { matcher } from './repository-paths.ts';
import { beginningsOf } from './scenarios.ts';
import { likeOne } from './spelling.ts';

/** Events that start nothing, or what they should not: patterns that match nothing, deployments of a pull request, code of others beside secrets. */
export function triggerFaults(checked: Checked): Fault[] {
  const { on } = checked.workflow;
  return [
    ...Object.entries(on).flatMap(([event, filter]) => filterFaults(event, filter, checked)),
    ...followed(checked),
    ...deployedByPullRequests(checked),
    ...stepsOf(checked).flatMap((placed) => foreignCode(placed, checked)),
  ];
}

type Filters = Readonly<Record<string, readonly string[] | string | undefined>>;

function listed(value: Filters[string]): readonly string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function filterFaults(event: string, filter: unknown, checked: Checked): Fault[] {
  const filters = (filter ?? {}) as Filters;
  const at = (key: string, index: number): Path => ['on', event, key, index];
  return [
    ...['branches', 'branches-ignore', 'tags', 'tags-ignore'].flatMap((key) =>
      listed(filters[key]).flatMap((pattern, index) => {
        const message = refPattern(pattern, key, checked);
        return message ? [{ path: at(key, index), message }] : [];
      }),
    ),
    ...['branches', 'tags', 'paths'].flatMap((key) => {
      const patterns = listed(filters[key]);
      if (patterns.length === 0) return [];
      if (patterns.every((pattern) => pattern.startsWith('!')))
        return [
          {
            path: at(key, 0),
            message: `only patterns with ! match nothing: take ${key}-ignore, or begin with '**'`,
          },
        ];
      const last = patterns.findLastIndex((pattern) => !pattern.startsWith('!'));
      const whole = patterns
        .slice(last + 1)
        .find(
          (pattern) =>
            /^!\*\*$/.test(pattern) ||
            patterns.slice(0, last + 1).every((each) => `!${each}` === pattern),
        );
      return whole
        ? [
            {
              path: at(key, patterns.indexOf(whole)),
              message: `${whole} takes away all that the patterns before it match`,
            },
          ]
        : [];
    }),
    ...['branches-ignore', 'tags-ignore', 'paths-ignore'].flatMap((key) =>
      listed(filters[key]).flatMap((pattern, index) =>
        /^\*\*(?:\/\*{1,2})?$/.test(pattern)
          ? [
              {
                path: at(key, index),
                message: `${pattern} matches everything, so that ${event} starts nothing`,
              },
            ]
          : [],
      ),
    ),
    ...['paths', 'paths-ignore'].flatMap((key) =>
      listed(filters[key]).flatMap((pattern, index) => {
        const message = pathPattern(pattern, checked);
        return message ? [{ path: at(key, index), message }] : [];
      }),
    ),
  ];
}

const wellKnown = [
  'main',
  'master',
  'develop',
  'development',
  'staging',
  'production',
  'release',
  'trunk',
];

function refPattern(pattern: string, key: string, { others = {} }: Checked): string | undefined {
  const name = pattern.replace(/^!/, '');
  const kind = key.startsWith('tags') ? 'tag' : 'branch';
  const [, ref, of, short = ''] = /^(refs\/(heads|tags|pull)\/|origin\/)(.*)$/.exec(name) ?? [];
  if (ref !== undefined) {
    if (of === 'tags' && kind === 'branch')
      return `${key} takes names of branches: write the tag ${short} in tags`;
    return `${key} takes names without ${ref}: write ${short}`;
  }
  if (/^\s|\s$/.test(name) || name === '')
    return `${JSON.stringify(name)} matches no ${kind}: no name begins or ends with a space`;
  if (/[\s~^:\\]|\.\.|\.lock$|^\/|\/$|\/\//.test(name))
    return `${name} can be the name of no ${kind}`;
  if (name.startsWith('^') || /\(|\)|\|/.test(name))
    return `${name} is no pattern of GitHub, which knows *, **, ?, + and []`;
  if (
    kind === 'branch' &&
    /^v?\d+\.\d+/.test(name.replaceAll('*', '0')) &&
    !/x/.test(name) &&
    /^v[\d*]/.test(name)
  )
    return `${name} looks like a tag: write it in tags`;
  if (kind !== 'branch' || /[*?+[]/.test(name) || wellKnown.includes(name)) return undefined;
  const elsewhere = Object.values(others).flatMap(({ on }) =>
    listed(((on.push ?? {}) as Filters).branches),
  );
  const like = likeOne(name, [...elsewhere.filter((each) => !/[*?+[!]/.test(each)), ...wellKnown]);
  return like && name.length > 4 ? `the branch ${name} is spelt nearly like ${like}` : undefined;
}

function pathPattern(pattern: string, { files }: Checked): string | undefined {
  const name = pattern.replace(/^!/, '');
  if (/^\.?\//.test(name))
    return `a path begins at the repository's top, without ${name.startsWith('.') ? './' : '/'}: ${name.replace(/^\.?\//, '')}`;
  if (!files) return undefined;
  if (/[*?[]/.test(name)) {
    // A pattern such as **/*.md is for files that may come; the folder that it begins with is there.
    const [folder = ''] = name.split(/\/?[^/]*[*?[]/);
    if (folder === '') return undefined;
    return files.has(folder)
      ? undefined
      : `no file of the repository matches ${name}${near(folder, files.paths)}`;
  }
  if (files.has(name.replace(/\/$/, '')))
    return name.endsWith('/') || isFolder(name, files.paths)
      ? `${name} names a folder and matches no file: write ${name.replace(/\/$/, '')}/**`
      : undefined;
  return files.paths.some((path) => matcher(name).test(path))
    ? undefined
    : `no file of the repository matches ${name}${near(name, files.paths)}`;
}

function isFolder(name: string, paths: readonly string[]): boolean {
  return !paths.includes(name);
}

function near(name: string, paths: readonly string[]): string {
  const folders = paths.map((path) => path.split('/').slice(0, name.split('/').length).join('/'));
  const like = likeOne(name, new Set(folders));
  return like ? `; is it ${like}?` : '';
}

/** Workflows that are waited for and are not there. */
function followed({ workflow, others = {} }: Checked): Fault[] {
  const { workflows } = (workflow.on.workflow_run ?? {}) as Filters;
  const names = [workflow, ...Object.values(others)].map(({ name }) => name);
  if (Object.keys(others).length === 0) return [];
  return listed(workflows).flatMap((name, index) => {
    if (names.includes(name) || /[*?]/.test(name)) return [];
    const byFile = Object.entries(others).find(
      ([id]) => id === name.replace(/^.*\//, '').replace(/\.ya?ml$/, ''),
    );
    const hint = byFile
      ? `: write its name, ${byFile[1].name}`
      : likeOne(name, names)
        ? `; is it ${likeOne(name, names)}?`
        : `; there are: ${names.join(', ')}`;
    return [
      {
        path: ['on', 'workflow_run', 'workflows', index],
        message: `no workflow is called ${name}${hint}`,
      },
    ];
  });
}

/** The environment that a job deploys to. */
function environmentOf(job: Plain['jobs'][string]): string | undefined {
  if (!deploys(job)) return undefined;
  return typeof job.environment === 'string' ? job.environment : job.environment?.name;
}

/** An environment that pushes deploy to, reached by a pull request too. */
function deployedByPullRequests(checked: Checked): Fault[] {
  const { workflow, others = {} } = checked;
  const pulled = ['pull_request', 'pull_request_target'].filter((event) => event in workflow.on);
  const [event] = pulled;
  if (event === undefined) return [];
  const deployed = new Set(
    [workflow, ...Object.values(others)]
      .filter(({ on }) => 'push' in on || 'release' in on)
      .flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => environmentOf(job) ?? [])),
  );
  const beginnings = beginningsOf(workflow).filter((each) => each.event === event);
  const reached = jobsOf(checked).find(({ id, job }) => {
    const name = environmentOf(job);
    return (
      name !== undefined &&
      deployed.has(name) &&
      beginnings.some((each) => simulate(workflow, each)[id]?.result === 'success')
    );
  });
  if (!reached) return [];
  const message = `a pull request runs ${reached.id}, which deploys to ${environmentOf(reached.job)}: take ${event} away, or ask for github.event_name`;
  return [{ path: ['on', event], message }];
}

const trusted = [
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion_comment',
];

/** The check-out of what others have written, in a job that has secrets or may write. */
function foreignCode(
  { step, path, job }: ReturnType<typeof stepsOf>[number],
  { workflow }: Checked,
): Fault[] {
  const { ref, repository } = step.uses?.startsWith('actions/checkout@') ? (step.with ?? {}) : {};
  const names = expressionsIn([ref, repository], []).flatMap(({ source }) =>
    usesOf(source).references.map((each) => each.join('.')),
  );
  const pulled = names.find((name) =>
    /^github\.(?:head_ref$|event\.(?:pull_request\.(?:head|merge_commit)|workflow_run\.head|issue|client_payload))/.test(
      name,
    ),
  );
  const typed = names.find(
    (name) => /^(?:inputs|github\.event\.inputs)\./.test(name) && isText(name, workflow),
  );
  const text = JSON.stringify([
    workflow.env,
    job.env,
    job.steps.map(({ with: given, env }) => [given, env]),
  ]);
  const secrets = /\bsecrets\.(?!GITHUB_TOKEN)/.test(text) || job.environment !== undefined;
  const permissions = job.permissions ?? workflow.permissions ?? {};
  const writing =
    typeof permissions === 'string'
      ? permissions === 'write-all'
      : Object.values(permissions).includes('write');
  const event = trusted.find((each) => each in workflow.on);
  const at = [...path, 'with', 'ref'];
  if (pulled && (secrets || (event !== undefined && writing)) && (event !== undefined || secrets))
    return [
      {
        path: at,
        message: `${pulled} is code of others, and the job has secrets or may write: check it out in a job that has neither`,
      },
    ];
  return typed && secrets
    ? [
        {
          path: at,
          message: `whoever starts the run names what is checked out (${typed}), beside secrets: check out the commit of the run, or test the name in a job before`,
        },
      ]
    : [];
}

function isText(name: string, { on }: Plain): boolean {
  const { inputs = {} } = (on.workflow_dispatch ?? {}) as {
    inputs?: Readonly<Record<string, { type?: string } | null>>;
  };
  return (inputs[name.split('.').at(-1) ?? '']?.type ?? 'string') === 'string';
}
