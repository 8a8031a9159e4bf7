import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { packageRoot } from '../../scripts/repository/repository.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
// Beside a real settings.ts, this repository would have two pipelines.
const fixture = /\.fixture\.ts\b/g;

/** Where the pipeline lies in the foreign monorepo. */
export const folder = 'ci/staging';

/** What a command of the machine needs, without what npm has set for whoever runs the tests. */
export function plainEnvironment(): Record<string, string> {
  const own = join(packageRoot, 'node_modules');
  const entries = Object.entries(process.env).flatMap(([name, value = '']) =>
    name.startsWith('npm_') ? [] : [[name, value] as const],
  );
  const path = (process.env.PATH ?? '').split(':').filter((each) => !each.startsWith(own));
  return { ...Object.fromEntries(entries), PATH: path.join(':') };
}

/** Runs a command in a folder; its output, both streams as one, and its exit code. */
export async function command(cwd: string, [file, ...args]: readonly [string, ...string[]]) {
  const { all, exitCode } = await execa(file, args, {
    cwd,
    env: plainEnvironment(),
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  return { printed: all, exitCode };
}

/** A foreign monorepo that takes the package in. */
export class Adopter {
  readonly root: string;
  /** The packed package. */
  readonly #tarball: string;

  constructor(root: string, tarball: string) {
    this.root = root;
    this.#tarball = tarball;
  }

  /** Runs git in the monorepo and returns what it prints. */
  async git(...args: readonly string[]): Promise<string> {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
    const { printed, exitCode } = await command(this.root, ['git', ...author, ...args]);
    if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${printed}`);
    return printed.trim();
  }

  /** Runs the package's command line, as `npx` does in the folder of the pipeline. */
  async pipeline(...words: readonly string[]) {
    return await command(join(this.root, folder), ['npx', 'staging-pipeline', ...words]);
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.root, path), 'utf8');
  }

  /** Writes files, by their paths. */
  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true });
      await writeFile(join(this.root, path), text);
    }
  }

  /** Changes a file; each text to replace has to be in it once. */
  async edit(path: string, ...changes: readonly (readonly [string, string])[]): Promise<void> {
    let text = await this.read(path);
    for (const [from, to] of changes) {
      if (text.split(from).length !== 2) throw new Error(`${path} does not hold once: ${from}`);
      text = text.replace(from, () => to);
    }
    await this.write({ [path]: text });
  }

  /** Makes the monorepo what a commit holds; what git ignores stays, such as installed packages. */
  async checkOut(commit: 'before' | 'adopted'): Promise<void> {
    await this.git('reset', '--quiet', '--hard', commit);
    await this.git('clean', '--quiet', '-d', '--force');
  }

  /** Puts the files that a maintainer writes where they belong. */
  async addPipeline(): Promise<void> {
    await this.write(await pipelineFiles());
    const manifest = {
      name: 'workshop-staging-pipeline',
      private: true,
      type: 'module',
      dependencies: { 'staging-pipeline': `file:${this.#tarball}` },
    };
    await this.write({ [`${folder}/package.json`]: `${JSON.stringify(manifest, null, 2)}\n` });
  }
}

/** What a maintainer writes, by path: the definitions, the Compose file and what it mounts. */
export async function pipelineFiles(): Promise<Record<string, string>> {
  const from = join(here, 'adopted');
  const files: Record<string, string> = {};
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    files[path.slice(from.length + 1).replace(fixture, '.ts')] = text.replace(fixture, '.ts');
  }
  return files;
}

/** The monorepo as it was before, in a folder, with its first commit. */
export async function makeMonorepo(root: string, tarball: string): Promise<Adopter> {
  await mkdir(root, { recursive: true });
  const listed = await execa('git', [
    ...['-C', join(here, 'monorepo'), 'ls-files', '-z', '--cached', '--others'],
    ...['--exclude-standard', '--deduplicate'],
  ]);
  for (const path of listed.stdout.split('\0').filter(Boolean))
    await cp(join(here, 'monorepo', path), join(root, path));
  const adopter = new Adopter(root, tarball);
  await adopter.git('init', '--quiet', '--initial-branch', 'trunk');
  await adopter.git('add', '--all');
  await adopter.git('commit', '--quiet', '--message', 'The workshop as it was');
  await adopter.git('tag', 'before');
  return adopter;
}
