import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';
import type { SmokeCheck } from '../checks/types.ts';

const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/** Why no check of a browser can be asked where `findBrowser` finds none. */
export const noBrowser = `no browser is on this runner (CHROME_PATH, ${names.join(', ')})`;

/** The Chrome or Chromium of this machine: CHROME_PATH, or the first one on the PATH; undefined where there is none. */
export async function findBrowser(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { CHROME_PATH = '', PATH = '' } = environment;
  const candidates = [
    ...(CHROME_PATH === '' ? [] : [CHROME_PATH]),
    ...names.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name))),
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  return undefined;
}

/** Throws `InvalidInput` where a check needs a browser and there is none: that says nothing about the release. */
export async function requireBrowser(
  checks: readonly SmokeCheck[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const needing = checks.find(
    (check) => check.kind === 'browser' && check.browser !== 'if available',
  );
  if (needing === undefined || (await findBrowser(environment)) !== undefined) return;
  throw new InvalidInput(
    `check "${needing.name}": ${noBrowser}. Install Google Chrome or Chromium, or give the check browser: 'if available'`,
  );
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
