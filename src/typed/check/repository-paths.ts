import { posix } from 'node:path';
import type { RepositoryFiles } from '../repository-files.ts';
import { type Checked, type Fault, jobsOf, type Path, type PlacedStep, stepsOf } from './fault.ts';
import type { NamedPath } from './named-path.ts';
import { expressionsIn } from './references.ts';
import { namedIn } from './script-files.ts';
import { folderOf, inRepository, isShell } from './script-places.ts';
import { likeOne } from './spelling.ts';

/** Files and folders that a workflow names and the repository does not have at this commit. */
export function repositoryFaults(checked: Checked): Fault[] {
  const { files } = checked;
  if (!files) return [];
  return [
    ...defaultFolders(checked, files),
    ...jobsOf(checked).flatMap(({ id }) => {
      const ofJob = stepsOf(checked).filter((placed) => placed.id === id);
      // What is wrong with a job's folder is wrong with each of its steps.
      return ofJob.flatMap((placed) => missingIn(placed, checked, files)).slice(0, 1);
    }),
  ];
}

function missingIn(placed: PlacedStep, checked: Checked, files: RepositoryFiles): Fault[] {
  const top = checkedOut(placed);
  if (top === 'another') return [];
  const names = [
    ...inputsOf(placed, files),
    ...folders(placed),
    ...hashed(placed, files),
    ...scripted(placed, checked, files),
  ];
  for (const each of names) {
    const message = wrongIn(each, placed, files);
    if (message !== undefined) return [faultOf(each, message)];
  }
  const [first] = names;
  return top === 'none' && first && !madeBefore(first, placed)
    ? [faultOf(first, `${first.name} is in the repository: check it out in a step before`)]
    : [];
}

function faultOf({ path, line }: NamedPath, message: string): Fault {
  return { path, message, ...(line !== undefined && { scriptLine: line }) };
}

/** What lies in the working directory of a step. */
function checkedOut({ before }: PlacedStep): 'this' | 'none' | 'another' {
  const outs = before.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
  const moved = outs.some(
    ({ with: given = {} }) =>
      given.repository !== undefined ||
      given.path !== undefined ||
      given['sparse-checkout'] !== undefined,
  );
  const byHand = before.some(({ run = '' }) =>
    /\bgit (?:clone|checkout|worktree|init|fetch)\b/.test(run),
  );
  if (moved || byHand) return 'another';
  return outs.length > 0 ? 'this' : 'none';
}

function wrongIn(each: NamedPath, placed: PlacedStep, files: RepositoryFiles): string | undefined {
  const { name, at, says } = each;
  if (says !== undefined) return says;
  if (files.has(at)) return undefined;
  if (madeBefore(each, placed) || files.isIgnored(at)) return undefined;
  const missing = firstMissing(at, files);
  return `the repository has no ${missing}${hint(name, missing, files)}`;
}

/** The outermost folder of a path that is not there, or the whole path. */
function firstMissing(path: string, files: RepositoryFiles): string {
  const parts = path.split('/');
  const length = parts.findIndex((_, at) => !files.has(parts.slice(0, at + 1).join('/')));
  return parts.slice(0, length + 1).join('/');
}

function hint(name: string, at: string, files: RepositoryFiles): string {
  const folder = posix.dirname(at);
  const siblings = new Set(
    files.paths.flatMap((path) => {
      const inside =
        folder === '.'
          ? path
          : path.startsWith(`${folder}/`)
            ? path.slice(folder.length + 1)
            : undefined;
      return inside === undefined ? [] : [inside.split('/')[0] ?? ''];
    }),
  );
  const like = likeOne(posix.basename(at), siblings);
  if (like) return `; is it ${posix.join(folder, like)}?`;
  const whole = likeOne(at, files.paths);
  if (whole) return `; is it ${whole}?`;
  const elsewhere = files.paths.find((path) => path.endsWith(`/${name}`) || path === name);
  return elsewhere ? `; there is ${elsewhere}` : '';
}

const making =
  /\b(?:mkdir|git clone|git worktree|unzip|tar|cp|mv|touch|curl|wget|tee)\b|(?:^|\s)install\s+-/;
const made = /^(?:path|output|outputs|dest|destination|report.*)$/;

/** Whether a step before, or a line before in this one, may have made what a path names. */
function madeBefore({ name, line = 0 }: NamedPath, { before, step }: PlacedStep): boolean {
  const [first = ''] = name.replace(/^(?:\.\/)+/, '').split('/');
  const word = new RegExp(`(?:^|[^\\w.-])${first.replaceAll(/\W/g, '\\$&')}(?![\\w-])`);
  const scripts = before.flatMap(({ run = '' }) => run.split('\n'));
  const own = (step.run ?? '').split('\n').slice(0, line);
  const outputs = before.flatMap(({ with: given = {} }) =>
    Object.entries(given).flatMap(([key, value]) => (made.test(key) ? [String(value)] : [])),
  );
  // `curl -o a.sh … && bash a.sh` makes it in the same line.
  const same = (step.run ?? '').split('\n')[line] ?? '';
  const joined = same.split(/&&|;/).slice(0, -1);
  const all = [...scripts, ...own, ...joined];
  // Of a line with > only what stands behind it is made.
  const redirected = all.flatMap((each) => each.match(/>{1,2}\s*\S+/g) ?? []);
  const lines = all.filter((each) => making.test(each));
  return [...lines, ...redirected, ...outputs].some((text) => word.test(text));
}

const inputs: Readonly<Record<string, 'file' | 'folder' | 'any'>> = {
  context: 'folder',
  file: 'file',
  dockerfile: 'file',
  'cache-dependency-path': 'any',
  'compose-file': 'file',
  'environment-example': 'file',
  files: 'any',
  trivyignores: 'file',
  'trivy-config': 'file',
  'scan-ref': 'any',
  'ignore-policy': 'file',
  'config-file': 'file',
  'working-directory': 'folder',
  workdir: 'folder',
  'requirements-file': 'file',
};

/** The inputs of actions that name what is in the repository. */
function inputsOf({ step, path }: PlacedStep, files: RepositoryFiles): NamedPath[] {
  const { uses = '', with: given = {} } = step;
  const [action = ''] = uses.split('@');
  // What these take is made in the run, or is their own.
  if (
    uses === '' ||
    /^actions\/(?:cache|upload-artifact|download-artifact|checkout|github-script|upload-pages-artifact)/.test(
      action,
    )
  )
    return [];
  const named = Object.entries(given).flatMap(([name, value]): NamedPath[] => {
    const kind = /-version-file$/.test(name) ? 'file' : inputs[name];
    if (kind === undefined || typeof value !== 'string' || value === '') return [];
    if (name === 'file' && !/^docker\//.test(action)) return [];
    if (name === 'context' && !/^docker\/(?:build-push|bake)-action$/.test(action)) return [];
    return value
      .split(/[\n,]/)
      .map((each) => each.trim())
      .filter((each) => each !== '' && !each.startsWith('!'))
      .flatMap((each) => {
        const at = [...path, 'with', name];
        if (/[*?]/.test(each) && !each.includes('${{'))
          return matches(each, files)
            ? []
            : [
                {
                  name: each,
                  at: each,
                  path: at,
                  says: `no file of the repository matches ${each}`,
                },
              ];
        return placed(each, '.', at);
      });
  });
  return [...named, ...lockFile(action, given, path, files)];
}

function placed(name: string, folder: string, path: Path): NamedPath[] {
  const at = inRepository(name, folder);
  return at === undefined ? [] : [{ name, at, path }];
}

const lockFiles: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
};

/** The cache of setup-node looks for a lock file at the top, the one of setup-python anywhere. */
function lockFile(
  action: string,
  { cache, 'cache-dependency-path': named }: Readonly<Record<string, unknown>>,
  path: Path,
  files: RepositoryFiles,
): NamedPath[] {
  if (cache === undefined || named !== undefined) return [];
  const at = [...path, 'with', 'cache'];
  if (action === 'actions/setup-node') {
    const wanted = lockFiles[String(cache)];
    if (wanted === undefined) return [];
    const [found = wanted[0] ?? ''] = wanted.filter((each) => files.has(each));
    return files.has(found)
      ? [{ name: found, at: found, path: at }]
      : [
          {
            name: found,
            at: found,
            path: at,
            says: `the cache of ${String(cache)} needs ${wanted[0]} at the top of the repository, or cache-dependency-path`,
          },
        ];
  }
  if (action !== 'actions/setup-python') return [];
  const pattern = {
    pip: /(?:^|\/)requirements\.txt$|^pyproject\.toml$/,
    pipenv: /(?:^|\/)Pipfile\.lock$/,
    poetry: /(?:^|\/)poetry\.lock$/,
  }[String(cache)];
  const found = pattern && files.paths.find((each) => pattern.test(each));
  if (!pattern) return [];
  return found
    ? [{ name: found, at: found, path: at }]
    : [
        {
          name: '',
          at: '',
          path: at,
          says: `the cache of ${String(cache)} finds no lock file in the repository: name it in cache-dependency-path`,
        },
      ];
}

function folders({ step, path }: PlacedStep): NamedPath[] {
  const folder = step['working-directory'];
  return folder === undefined || step.run === undefined
    ? []
    : placed(folder, '.', [...path, 'working-directory']);
}

function defaultFolders({ workflow, ...checked }: Checked, files: RepositoryFiles): Fault[] {
  const all = [
    {
      folder: workflow.defaults?.run?.['working-directory'],
      path: ['defaults', 'run', 'working-directory'],
    },
    ...jobsOf({ workflow, ...checked }).map(({ job, path }) => ({
      folder: job.steps.some(
        ({ uses = '', with: given = {} }) =>
          uses.startsWith('actions/checkout@') &&
          given.path === undefined &&
          given.repository === undefined,
      )
        ? job.defaults?.run?.['working-directory']
        : undefined,
      path: [...path, 'defaults', 'run', 'working-directory'],
    })),
  ];
  return all.flatMap(({ folder, path }) => {
    const at = folder === undefined ? undefined : inRepository(folder, '.');
    if (folder === undefined || at === undefined || files.has(at) || files.isIgnored(at)) return [];
    return [{ path, message: `the repository has no ${at}${hint(folder, at, files)}` }];
  });
}

/** The patterns of hashFiles. */
function hashed({ step, path }: PlacedStep, files: RepositoryFiles): NamedPath[] {
  return expressionsIn({ with: step.with, env: step.env, if: step.if ?? '' }, path).flatMap(
    ({ source, path: at }) =>
      [...source.matchAll(/\bhashFiles\(([^)]*)\)/gi)].flatMap(([, list = '']) => {
        const patterns = [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, pattern = '']) => pattern);
        const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
        if (
          wanted.length === 0 ||
          wanted.some((pattern) => matches(pattern, files) || files.isIgnored(pattern))
        )
          return [];
        const [pattern = ''] = wanted;
        const like = /[*?]/.test(pattern) ? '' : hint(pattern, pattern, files);
        return [
          {
            name: pattern,
            at: pattern,
            path: at,
            says: `hashFiles finds no file: the repository has none that matches ${wanted.join(', ')}${like}`,
          },
        ];
      }),
  );
}

/** Whether a file of the repository matches a pattern of GitHub. */
export function matches(pattern: string, files: RepositoryFiles): boolean {
  const name = pattern.replace(/^(?:\.?\/)+/, '');
  if (!/[*?[]/.test(name)) return files.has(name.replace(/\/$/, ''));
  const glob = matcher(name);
  return files.paths.some((path) => glob.test(path));
}

export function matcher(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[.+^$()|{}\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}

function scripted(placed: PlacedStep, checked: Checked, files: RepositoryFiles): NamedPath[] {
  const { step, job, path } = placed;
  if (step.run === undefined || !isShell(step, job, checked)) return [];
  const folder = folderOf(step, job, checked);
  return folder === undefined ? [] : namedIn(step.run, { folder, path: [...path, 'run'], files });
}
