import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts what an error said, which may be rows and settings, into a file of `folder` that this user alone can read; returns
 * the driver's lines without it, and with the file's name behind the reason.
 */
export async function keepDetails(reported: string, folder: string): Promise<string> {
  const details = /^details=(.*)\n/m.exec(reported)?.[1];
  if (details === undefined) return reported;
  const time = new Date().toISOString().replaceAll(/[-:]/g, '');
  const file = join(folder, `migration-details-${time}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, Buffer.from(details, 'base64'), { mode: 0o600, flag: 'wx' });
  return reported
    .replace(/^details=.*\n/m, '')
    .replace(/^(reason=.*)$/m, (reason) => `${reason} (all that was said is in ${file})`);
}
