import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lightFetch } from '../../../actions/shared/src/http/fetch.ts';
import { UserError } from '../../terminal/errors.ts';
import { run } from '../../terminal/process.ts';
import { cached } from '../machine/cache.ts';
import { type UsedAction, usedByAction } from './used-actions.ts';

const gitHub = 'https://github.com';

/** Whether github.com answers, within three seconds. */
export async function gitHubAnswers(address: string = gitHub): Promise<boolean> {
  try {
    await lightFetch(address, { method: 'HEAD', signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Fetches actions, and those that they use themselves, at what they are pinned to; returns their folders by what stands
 * behind `uses`. What is pinned by a full SHA is fetched once. Throws a `UserError` that names what cannot be fetched.
 */
export async function fetchActions(
  actions: readonly UsedAction[],
  from: string = gitHub,
): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  const waiting = [...actions];
  for (let action = waiting.shift(); action !== undefined; action = waiting.shift()) {
    if (folders.has(action.uses)) continue;
    const [owner = '', repository = '', ...path] = action.name.split('/');
    const folder = await fetchRepository(action, `${from}/${owner}/${repository}`);
    folders.set(action.uses, folder);
    waiting.push(...(await usedByAction(folder, path.join('/'))));
  }
  return folders;
}

async function fetchRepository({ name, ref, place }: UsedAction, url: string): Promise<string> {
  const folder = cached(
    'actions',
    `${name.split('/').slice(0, 2).join('+')}@${ref.replaceAll('/', '+')}`,
  );
  if (existsSync(folder) && /^[0-9a-f]{40}$/.test(ref)) return folder;
  const partial = `${folder}.partial`;
  const git = async (...args: string[]) => await run('git', ['-C', partial, ...args]);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await git('init', '--quiet');
    await git('fetch', '--quiet', '--depth', '1', url, ref);
    await git('checkout', '--quiet', 'FETCH_HEAD');
  } catch (error) {
    throw new UserError(`${name}@${ref} (${place}) cannot be fetched from ${url}.`, {
      cause: error,
    });
  }
  await rm(join(partial, '.git'), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return folder;
}
