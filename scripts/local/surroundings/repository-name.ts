import { basename } from 'node:path';
import type { Project } from '../../../src/project/project.ts';
import { attempt } from '../../terminal/process.ts';

/** How GitHub calls a repository, `owner/name`: as its settings or its remote say, otherwise after its folder. */
export async function repositoryName({ root, local }: Project): Promise<string> {
  if (local.repository !== undefined) return local.repository;
  const remote = await attempt('git', ['-C', root, 'remote', 'get-url', 'origin']);
  const [, found] =
    /github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote?.trim() ?? '') ?? [];
  return found ?? `local/${basename(root).replace(/[^\w.-]/g, '-')}`;
}
