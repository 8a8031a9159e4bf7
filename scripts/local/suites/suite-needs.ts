import { existsSync } from 'node:fs';
import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Suite } from '../../../src/project/suites.ts';
import { UserError } from '../../terminal/errors.ts';
import { run, succeeds } from '../../terminal/process.ts';
import { step } from '../../terminal/progress.ts';
import { cached } from '../machine/cache.ts';
import { ensureCommands } from '../machine/debian-packages.ts';
import { ensureK6, toolsDirectory } from '../machine/tools.ts';

const pythonEnvironment = cached('suites', 'python');

/** Folders with the commands of suites, once they are set up; to go before the PATH. */
export const suiteCommands: readonly string[] = [join(pythonEnvironment, 'bin'), toolsDirectory];

/** Sets up what a suite's command needs, where it is not there; the suite's paths are relative to `root`. */
export async function ensureSuiteNeeds(root: string, { needs, folder }: Suite): Promise<void> {
  const { python, node, browser, k6 } = needs;
  if (python) await ensurePackages(join(root, python.requirements));
  if (node) await ensureNpmPackages(join(root, folder));
  if (browser) await ensureBrowser();
  if (k6) await ensureK6();
}

async function ensurePackages(requirements: string): Promise<void> {
  const installed = join(pythonEnvironment, 'requirements.txt');
  if (await sameText(installed, requirements)) return;
  await step('The suite’s Python packages', async ({ note }) => {
    if (!(await succeeds('python3', ['-c', 'import venv, ensurepip'])))
      throw new UserError(
        'Python 3 with venv is needed for this suite. Install it (packages python3 and python3-venv).',
      );
    await rm(pythonEnvironment, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', pythonEnvironment]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    await run(join(pythonEnvironment, 'bin/python'), [...pip, '--requirement', requirements]);
    await copyFile(requirements, installed);
    note('installed');
  });
}

async function ensureNpmPackages(folder: string): Promise<void> {
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.installed-lock.json');
  if (await sameText(installed, lock)) return;
  await step('The suite’s npm packages', async ({ note }) => {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
    await copyFile(lock, installed);
    note('installed');
  });
}

/** Google Chrome or Debian's Chromium, and what records its pages: Playwright's own downloads are not needed. */
async function ensureBrowser(): Promise<void> {
  const chrome = existsSync('/opt/google/chrome/chrome');
  const packages = { ffmpeg: 'ffmpeg', ...(chrome ? {} : { chromium: 'chromium' }) };
  await step('A browser, and ffmpeg to record it', async ({ note }) => {
    const installed = await ensureCommands(packages);
    note(installed.length > 0 ? `installed ${installed.join(', ')}` : 'there');
  });
}

async function sameText(path: string, wanted: string): Promise<boolean> {
  return existsSync(path) && (await readFile(path, 'utf8')) === (await readFile(wanted, 'utf8'));
}
