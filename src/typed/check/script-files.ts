import { posix } from 'node:path';
import type { RepositoryFiles } from '../repository-files.ts';
import type { Path } from './fault.ts';
import type { NamedPath } from './named-path.ts';
import { inRepository } from './script-places.ts';
import { calledBy, commandsOf, pipelineOf, wordsOf } from './shell-commands.ts';
import { likeOne } from './spelling.ts';

interface Where {
  /** The folder that the script runs in, relative to the top. */
  readonly folder: string;
  readonly path: Path;
  readonly files: RepositoryFiles;
}

/** What a script takes from the repository: the folders it goes to, the files it runs or names, the scripts of package.json. */
export function namedIn(script: string, { folder, path, files }: Where): NamedPath[] {
  const found: NamedPath[] = [];
  let here: string | undefined = folder;
  for (const command of commandsOf(script)) {
    if (here === undefined) break;
    const inside: string = here;
    const [begin = '', target] = wordsOf(calledBy(command.text).replace(/^\(\s*/, ''));
    if (begin === 'cd' || begin === 'pushd') {
      const next = target === undefined ? undefined : inRepository(target, inside);
      const outside =
        target !== undefined &&
        /^[\w./-]+$/.test(target) &&
        !target.startsWith('/') &&
        next === undefined;
      if (outside)
        found.push({
          name: target,
          at: target,
          path,
          line: command.line,
          says: `cd ${target} leaves the repository: the script runs in ${inside === '.' || inside === '' ? 'its top' : inside}`,
        });
      if (next !== undefined && target !== undefined && target !== '-') {
        const own = files.has(next) ? undefined : nested(next, inside, files);
        found.push({
          name: target,
          at: next,
          path,
          line: command.line,
          ...(own !== undefined && { says: own }),
        });
      }
      // Of a folder that is only entered in (…) the script comes back.
      if (!/^\s*\(/.test(command.code)) here = next;
      continue;
    }
    if (begin === 'popd') break;
    for (const part of pipelineOf(command)) {
      const at = { line: command.line, path };
      found.push(...filesOf(part.text, inside, files).map((each) => ({ ...each, ...at })));
      found.push(...packageScript(part.text, inside, files).map((each) => ({ ...each, ...at })));
    }
  }
  return found;
}

/** The script goes to a folder where it is already. */
function nested(next: string, folder: string, files: RepositoryFiles): string | undefined {
  const again = posix.basename(next);
  return posix.basename(folder) === again && files.has(folder)
    ? `the script runs in ${folder} already, and ${next} is not there`
    : undefined;
}

type Named = Omit<NamedPath, 'path' | 'line'>;

const interpreters =
  /^(?:python3?|node|bash|sh|dash|zsh|ruby|perl|tsx|ts-node|deno|php|source|\.)$/;
const options: Readonly<Record<string, RegExp>> = {
  pip: /^(?:-r|--requirement|-c|--constraint)$/,
  pip3: /^(?:-r|--requirement|-c|--constraint)$/,
  uv: /^(?:-r|--requirement|--requirements|--project|--directory)$/,
  bandit: /^(?:-c|--configfile|-b|--baseline|--ini)$/,
  alembic: /^(?:-c|--config)$/,
  ruff: /^--config$/,
  mypy: /^--config-file$/,
  pytest: /^(?:-c|--rootdir|--confcutdir)$/,
  tsc: /^(?:-p|--project)$/,
  eslint: /^(?:-c|--config)$/,
  vitest: /^(?:-c|--config|--root)$/,
  playwright: /^(?:-c|--config)$/,
  'docker-compose': /^(?:-f|--file|--env-file)$/,
  docker: /^(?:-f|--file|--env-file)$/,
  kubectl: /^(?:-f|--filename|-k)$/,
  helm: /^(?:-f|--values)$/,
  psql: /^(?:-f|--file)$/,
  make: /^(?:-f|--file|-C)$/,
  npm: /^--prefix$/,
};
/** Programs that read what is named after their options. */
const readers = new Set([
  ...[
    'pytest',
    'ruff',
    'mypy',
    'bandit',
    'eslint',
    'flake8',
    'pylint',
    'black',
    'k6',
    'shellcheck',
    'hadolint',
    'yamllint',
    'actionlint',
    'cat',
    'head',
    'tail',
    'sha256sum',
    'wc',
    'grep',
    'sed',
    'isort',
    'stylelint',
    'vitest',
  ],
]);
const words: Readonly<Record<string, RegExp>> = {
  ruff: /^(?:check|format)$/,
  k6: /^(?:run|inspect)$/,
  vitest: /^(?:run|watch|related)$/,
};

function filesOf(text: string, folder: string, files: RepositoryFiles): Named[] {
  const [program = '', ...given] = wordsOf(
    calledBy(text)
      .replace(/(?:^|\s)\d*>{1,2}\s*\S+/g, ' ')
      .replace(/\s<<?-?\s*\S+/g, ' '),
  );
  const name = posix.basename(program);
  const found: string[] = [];
  if (
    /^\.{0,2}\/|\/.*\.\w+$/.test(program) &&
    /^[\w./-]+$/.test(program) &&
    !program.startsWith('/')
  )
    found.push(program);
  if (interpreters.test(program)) {
    const [first] = given.filter((word) => !word.startsWith('-'));
    const inline = given.some((word) =>
      /^-[a-z]*[cemp]$|^--(?:eval|print|version|check|input-type)/.test(word),
    );
    if (
      first !== undefined &&
      !inline &&
      (isPath(first) || files.has(inRepository(first, folder) ?? '-'))
    )
      found.push(first);
  }
  const option = options[name];
  // `docker run -f` is another option; only builds and Compose name files.
  const reads = name !== 'docker' || /^(?:compose|build|buildx)$/.test(given[0] ?? '');
  const taken = new Set<number>();
  for (const [index, word] of given.entries()) {
    const [flag = '', value] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    if (option?.test(flag) && reads) {
      found.push(value ?? given[index + 1] ?? '');
      taken.add(index + 1);
    }
  }
  if (name === 'docker' && /^(?:buildx )?build\b/.test(given.slice(0, 2).join(' '))) {
    const last = given.at(-1) ?? '';
    if (/^[\w.@-]/.test(last) && !/^(?:build|buildx|\.)$|:\/\/|^git@|\.git(?:#|$)/.test(last))
      found.push(last);
  }
  const module = moduleOf(text, folder, files);
  if (module !== undefined) found.push(module);
  const rules = ['Makefile', 'makefile', 'GNUmakefile'];
  const inFolder = (each: string) => files.has(inRepository(each, folder) ?? '-');
  if (
    name === 'make' &&
    !given.some((word) => /^(?:-f|--file|-C|--directory|--version)/.test(word))
  )
    found.push(...(rules.some(inFolder) ? [] : ['Makefile']));
  if (name === 'cp') found.push(...given.filter((word) => isExample(word)));
  if (readers.has(name)) {
    // The first word of these is no file.
    const start = words[name]?.test(given[0] ?? '') || name === 'grep' || name === 'sed' ? 1 : 0;
    for (const [index, word] of given.entries())
      if (
        index >= start &&
        !taken.has(index) &&
        !word.startsWith('-') &&
        isFile(word, given[index - 1] ?? '', name)
      )
        found.push(word.split('::')[0] ?? '');
  }
  return found.flatMap((each): Named[] => {
    const at = /^[\w./@+-]+$/.test(each) && each !== '-' ? inRepository(each, folder) : undefined;
    return at === undefined ? [] : [{ name: each, at }];
  });
}

/** `python -m app.module` of a package of the folder: the file that the module is in, where there is none. */
function moduleOf(text: string, folder: string, files: RepositoryFiles): string | undefined {
  const [, module = ''] = /\bpython[\d.]*\s+(?:-[a-zA-Z]\s+)*-m\s+([\w.]+)/.exec(text) ?? [];
  const [first = ''] = module.split('.');
  const own = inRepository(first, folder);
  if (!/^\w+(?:\.\w+)+$/.test(module) || own === undefined || !files.has(own)) return undefined;
  const path = module.replaceAll('.', '/');
  const there = inRepository(path, folder);
  return there !== undefined && files.has(there) ? undefined : `${path}.py`;
}

/** A file that is kept to be copied, and that nothing makes. */
function isExample(word: string): boolean {
  return /^[\w./-]*\.(?:example|sample|dist|template)$/.test(word);
}

const flags = /^(?:--recursive|-r|-v+|-q+|-s|-x|--verbose|--quiet|--all|-ll?|-ii?)$/;
/** Programs of which every word that belongs to no option is a path. */
const ofPaths = new Set(['pytest', 'ruff', 'bandit', 'mypy', 'flake8', 'pylint', 'black', 'isort']);

/** A word that can only be a path, and not the value of the option before it. */
function isFile(word: string, before: string, program: string): boolean {
  if (/^-{1,2}[a-z]/i.test(before) && !flags.test(before)) return false;
  return isPath(word.split('::')[0] ?? '') || (ofPaths.has(program) && /^[\w.-]+$/.test(word));
}

function isPath(word: string): boolean {
  return /^(?:\.{1,2}\/)?[\w.@+-]+(?:\/[\w.@+-]*)+$|^[\w.@-]+\.(?:py|sh|bash|js|mjs|cjs|ts|mts|tsx|jsx|json|toml|ya?ml|txt|cfg|ini|sql|env|lock|conf|mk|rb|pl|tf)$/.test(
    word,
  );
}

const builtIn = new Set([
  'install',
  'ci',
  'i',
  'add',
  'exec',
  'dlx',
  'publish',
  'pack',
  'version',
  'audit',
  'cache',
  'config',
  'view',
  'login',
  'outdated',
  'prune',
  'dedupe',
  'init',
  'create',
  'link',
  'ls',
  'list',
  'rebuild',
  'update',
  'uninstall',
  'remove',
  'why',
  'whoami',
  'pkg',
  'set',
  'run',
  'workspaces',
  'workspace',
  'up',
  'store',
  'fetch',
  'import',
  'info',
  'help',
  'query',
  'root',
  'bin',
  'prefix',
  'fund',
  'doctor',
  'ping',
  'search',
  'tag',
  'dist-tag',
  'token',
  'team',
  'access',
  'owner',
  'deprecate',
  'explain',
  'global',
  'node',
  'npm',
  'patch',
  'plugin',
  'rebuild',
  'constraints',
  'dedupe',
  'setup',
  'self-update',
  'env',
  'deploy',
  'server',
  'licenses',
  'approve-builds',
  'x',
  'pm',
  'upgrade',
  'build',
  'generate-lock-entry',
  'versions',
  'policies',
  'autoclean',
  'check',
]);

/** `npm run NAME` and its like: the script stands in package.json of the folder. */
function packageScript(text: string, folder: string, files: RepositoryFiles): Named[] {
  const [program = '', ...given] = wordsOf(
    text.trim().replace(/^(?:(?:then|do|else|if|!|time|sudo|\w+=\S*)\s+)+/, ''),
  );
  if (!['npm', 'pnpm', 'yarn', 'bun'].includes(program)) return [];
  const prefix = given.findIndex((word) => /^(?:--prefix|-C|--cwd|--dir)$/.test(word));
  const other =
    prefix >= 0
      ? given[prefix + 1]
      : given.find((word) => /^(?:--prefix|--cwd|--dir)=/.test(word))?.split('=')[1];
  const lacking = missingPart(program, given, { folder, files });
  if (lacking) return [lacking];
  if (
    given.some((word) =>
      /^(?:-w|--workspace|--workspaces|-ws|-r|--recursive|--filter|-F|-g|--global)\b/.test(word),
    )
  )
    return [];
  const rest = given.filter(
    (word, index) => !word.startsWith('-') && !(prefix >= 0 && index === prefix + 1),
  );
  const at = other === undefined ? inRepository('.', folder) : inRepository(other, folder);
  if (at === undefined) return [];
  const manifest = posix.join(at, 'package.json');
  const [verb = '', target] = rest;
  const script =
    verb === 'run' || verb === 'run-script'
      ? target
      : ['test', 't', 'start', 'stop', 'restart'].includes(verb)
        ? verb === 't'
          ? 'test'
          : verb
        : program !== 'npm' && verb !== '' && !builtIn.has(verb)
          ? verb
          : undefined;
  const lock = program === 'npm' && verb === 'ci';
  if (script === undefined && !lock) return [];
  if (!files.has(manifest))
    return [
      {
        name: 'package.json',
        at: manifest,
        says: missingManifest(`${program} ${rest.slice(0, 2).join(' ')}`, at, files),
      },
    ];
  if (lock) {
    const file = posix.join(at, 'package-lock.json');
    const shrunk = posix.join(at, 'npm-shrinkwrap.json');
    return [{ name: 'package-lock.json', at: files.has(shrunk) ? shrunk : file }];
  }
  if (!/^[\w:./-]+$/.test(script ?? '')) return [];
  const names = scriptsOf(files.read(manifest));
  if (names === undefined || script === undefined) return [{ name: 'package.json', at: manifest }];
  if (names.includes(script) || script === 'start') return [{ name: 'package.json', at: manifest }];
  const like = likeOne(script, names);
  return [
    {
      name: script,
      at: manifest,
      says: `${manifest} has no script ${script}${like ? `; is it ${like}?` : `; it has: ${names.join(', ')}`}`,
    },
  ];
}

const frozen: Readonly<Record<string, readonly [RegExp, readonly string[]]>> = {
  pnpm: [/--frozen-lockfile/, ['pnpm-lock.yaml']],
  yarn: [/--frozen-lockfile|--immutable/, ['yarn.lock']],
  bun: [/--frozen-lockfile/, ['bun.lock', 'bun.lockb']],
};

/** What package managers ask for besides scripts: the workspace that is named, the lock that may not change. */
function missingPart(
  program: string,
  given: readonly string[],
  { folder, files }: Pick<Where, 'folder' | 'files'>,
): Named | undefined {
  const at = inRepository('.', folder);
  if (at === undefined) return undefined;
  const [option, locks = []] = frozen[program] ?? [];
  // The lock of a workspace lies above.
  const [lock] = locks;
  const above = folder.split('/').map((_, depth, all) => all.slice(0, depth).join('/'));
  const has = (name: string) => [at, ...above].some((each) => files.has(posix.join(each, name)));
  if (lock !== undefined && option?.test(given.join(' ')) && !locks.some(has))
    return { name: lock, at: posix.join(at, lock) };
  const manifest = posix.join(at, 'package.json');
  const workspace = given.findIndex((word) => /^(?:-w|--workspace)$/.test(word));
  const name = given[workspace + 1];
  if (program !== 'npm' || workspace < 0 || name === undefined || !files.has(manifest))
    return undefined;
  return /"workspaces"/.test(files.read(manifest) ?? '')
    ? undefined
    : { name, at: manifest, says: `${manifest} has no workspaces, so that none is called ${name}` };
}

function missingManifest(command: string, folder: string, files: RepositoryFiles): string {
  const [elsewhere] = files.paths.filter(
    (path) => path === 'package.json' || path.endsWith('/package.json'),
  );
  const here = folder === '' ? 'the top of the repository' : folder;
  return `${command} runs in ${here}, which has no package.json${elsewhere ? `; there is ${elsewhere}` : ''}`;
}

function scriptsOf(text: string | undefined): readonly string[] | undefined {
  try {
    const { scripts = {} } = JSON.parse(text ?? '') as { scripts?: object };
    return Object.keys(scripts);
  } catch {
    return undefined;
  }
}
