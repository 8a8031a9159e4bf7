import type { PlainJob } from '../plain.ts';
import type { RepositoryFiles } from '../repository-files.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { folderOf } from './script-places.ts';
import { likeOne } from './spelling.ts';

/** Paths of actions/upload-artifact that hold nothing: hidden files, and folders that are spelt otherwise or begin elsewhere. */
export function uploadFaults(checked: Checked): Fault[] {
  const { files } = checked;
  return stepsOf(checked).flatMap(({ step, path, job, before }): Fault[] => {
    if (step.uses?.split('@')[0] !== 'actions/upload-artifact') return [];
    const { path: given = '', 'include-hidden-files': hidden } = step.with ?? {};
    const made = before.map(({ run = '' }) => run).join('\n');
    return String(given)
      .split('\n')
      .map((each) => each.trim())
      .filter((each) => each !== '' && !/^[!~/$]|\$\{\{/.test(each))
      .flatMap((each): Fault[] => {
        const message =
          (String(hidden) === 'true' ? undefined : hiddenFile(each)) ??
          (files && notThere(each, { files, made, folder: only(job, checked) }));
        return message === undefined ? [] : [{ path: [...path, 'with', 'path'], message }];
      });
  });
}

function hiddenFile(path: string): string | undefined {
  const last =
    path
      .replace(/\/(?:\*\*?\/?)*$/, '')
      .split('/')
      .at(-1) ?? '';
  return /^\.\w/.test(last)
    ? `${path} is hidden, and hidden files are left out: add 'include-hidden-files': true`
    : undefined;
}

/** The folder that all scripts of a job run in. */
function only(job: PlainJob, checked: Checked): string | undefined {
  const folders = new Set(
    job.steps.filter(({ run }) => run !== undefined).map((step) => folderOf(step, job, checked)),
  );
  const [folder, ...others] = folders;
  return others.length === 0 ? folder : undefined;
}

interface Around {
  readonly files: RepositoryFiles;
  /** What the scripts before say, which may make any folder. */
  readonly made: string;
  readonly folder: string | undefined;
}

function notThere(path: string, { files, made, folder }: Around): string | undefined {
  const name = path.replace(/^\.\//, '');
  const [first = ''] = name.split('/');
  if (/[*?[]/.test(first) || files.has(first)) return undefined;
  const inFolder =
    folder && !new RegExp(`\\.\\./${first.replaceAll(/\W/g, '\\$&')}|GITHUB_WORKSPACE`).test(made);
  if (inFolder)
    return `paths of artifacts begin at the repository's top, and the scripts run in ${folder}: ${folder}/${name}`;
  if (made.includes(first)) return undefined;
  const folders = new Set(files.paths.map((each) => each.split('/')[0] ?? ''));
  const like = name.includes('/') ? likeOne(first, folders) : undefined;
  return like && `the repository has no ${first}; is it ${like}?`;
}
