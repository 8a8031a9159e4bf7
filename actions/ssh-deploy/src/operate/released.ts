import { existsSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What steps of one job tell each other's post steps: which releases have been switched to. Without it, a job in which
 * all went well would connect once more at its end, only to hear that there is nothing to give up.
 */
export interface ReleasedInJob {
  forget(): Promise<void>;
  add(release: string): Promise<void>;
  has(release: string): Promise<boolean>;
}

/** The list kept in the runner's temporary directory, which is the job's own. */
export function releasedInJob(temporaryDirectory: string): ReleasedInJob {
  const file = join(temporaryDirectory, 'ssh-deploy-released');
  return {
    forget: () => rm(file, { force: true }),
    add: (release) => appendFile(file, `${release}\n`),
    has: async (release) =>
      existsSync(file) && (await readFile(file, 'utf8')).split('\n').includes(release),
  };
}
