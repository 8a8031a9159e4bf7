import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExecaError, execa } from 'execa';
import { generate } from '../build/generated-files.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

/** Checks that git ignores nothing that GitHub or the server needs: an ignored file is missing there without a word. */
export async function checkCommittedFiles(repository: Repository): Promise<void> {
  const { root, folder, project } = repository;
  const made = await generate(repository, await compileWorkflows(repository));
  const definitions = ['settings.ts', 'package.json', 'package-lock.json']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(root, path)));
  const needed = [
    ...made.keys(),
    ...definitions,
    project.composeFile,
    project.environmentExample,
    ...project.files,
    ...Object.values(project.images).map(({ dockerfile }) => dockerfile),
  ];
  const ignored = await ignoredPaths(root, needed);
  if (ignored.length === 0) return;
  const lines = ignored.map(({ path, rule }) => `${path} is ignored by ${rule}`);
  const again = await readmitted(root, ignored);
  throw new UserError(
    `${lines.join('\n')}\nThe pipeline would lack them. Take the rule away, or add to .gitignore:\n${again.join('\n')}`,
  );
}

interface Ignored {
  readonly path: string;
  /** `file:line: pattern`. */
  readonly rule: string;
}

/** Of paths relative to `root` those that git ignores and does not track. */
async function ignoredPaths(root: string, paths: readonly string[]): Promise<readonly Ignored[]> {
  if (paths.length === 0) return [];
  const args = ['-C', root, 'check-ignore', '--verbose', '-z', '--stdin'];
  try {
    const { stdout } = await execa('git', args, { input: paths.join('\0') });
    return rules(stdout);
  } catch (error) {
    // 1 means that there is none.
    if (error instanceof ExecaError && error.exitCode === 1) return [];
    throw error;
  }
}

/** The lines that take paths in again: nothing in a folder that is ignored can be, so it is the outermost such folder. */
async function readmitted(root: string, ignored: readonly Ignored[]): Promise<readonly string[]> {
  const folders = new Set(ignored.flatMap(({ path }) => foldersOf(path)));
  const hidden = new Set(
    (
      await ignoredPaths(
        root,
        [...folders].map((folder) => `${folder}/`),
      )
    ).map(({ path }) => path),
  );
  const lines = ignored.map(({ path }) => {
    const outermost = foldersOf(path).find((folder) => hidden.has(`${folder}/`));
    return outermost === undefined ? `!/${path}` : `!/${outermost}/`;
  });
  return [...new Set(lines)];
}

/** The folders that a path lies in, the outermost first. */
function foldersOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function rules(printed: string): readonly Ignored[] {
  const fields = printed.split('\0');
  const found: Ignored[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [file, line, pattern = '', path = ''] = fields.slice(at, at + 4);
    // A pattern with ! is why a path is not ignored.
    if (!pattern.startsWith('!')) found.push({ path, rule: `${file}:${line}: ${pattern}` });
  }
  return found;
}
