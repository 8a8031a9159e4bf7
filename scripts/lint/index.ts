import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knownActions } from '../../src/typed/catalog.ts';
import { ensureActionlint, ensureZizmor } from '../local/machine/tools.ts';
import { UserError } from '../terminal/errors.ts';
import { lintWithActionlint } from './actionlint.ts';
import { byPlace, type Finding } from './finding.ts';
import { type Declared, lintWithLanguageService } from './languageservice.ts';
import { ensureShellCheck } from './shellcheck.ts';
import { readWaivers, withoutWaived } from './waivers.ts';
import { lintWithZizmor } from './zizmor.ts';

export interface LintOptions {
  /** The workflows, relative to `root`. */
  readonly files: readonly string[];
  /** The secrets and variables that the workflows may use. */
  readonly declared: Declared;
  /** The top folder of their repository. */
  readonly root: string;
  /** The file of what stays as it is, relative to `root`. */
  readonly waivers: string | undefined;
}

/**
 * What the linters find in compiled workflows and no waiver covers, in the order of the files. Throws `UserError` where
 * the machine lacks what a linter is made with.
 */
export async function lintWorkflows({
  files: paths,
  declared,
  root,
  waivers: waiversPath,
}: LintOptions): Promise<readonly Finding[]> {
  const [files, waivers] = await Promise.all([
    Promise.all(
      paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
    ),
    readWaivers(root, waiversPath),
  ]);
  await ensureTools();
  const actions = knownActions();
  const found = await Promise.all([
    lintWithActionlint(files, root),
    ...files.map((file) => lintWithZizmor(file, root)),
    ...files.map((file) => lintWithLanguageService(file, { root, declared, actions })),
  ]);
  return [...withoutWaived(found.flat(), files, waivers)].sort(byPlace);
}

/** What a machine lacks is named at once. */
async function ensureTools(): Promise<void> {
  const results = await Promise.allSettled([
    ensureActionlint(),
    ensureZizmor(),
    ensureShellCheck(),
  ]);
  const reasons = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  const broken = reasons.find((reason) => !(reason instanceof UserError));
  if (broken) throw broken;
  if (reasons.length > 0) throw new UserError(reasons.map(({ message }) => message).join('\n'));
}
