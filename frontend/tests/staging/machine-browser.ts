import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const chromium = '/usr/bin/chromium';

/** The browser of this machine: Google Chrome, or Debian's Chromium where there is no Chrome. */
export function machineBrowser():
  | { readonly channel: 'chrome' }
  | { readonly launchOptions: { readonly executablePath: string } } {
  const chrome = existsSync('/opt/google/chrome/chrome');
  return chrome || !existsSync(chromium)
    ? { channel: 'chrome' }
    : { launchOptions: { executablePath: chromium } };
}

/**
 * Whether videos can be recorded. Playwright does it with an ffmpeg of its own; where that was not downloaded
 * (`npx playwright install ffmpeg`), Debian's takes its place.
 */
export function canRecord(): boolean {
  const folder = ownFfmpeg();
  const own = join(folder, 'ffmpeg-linux');
  if (process.platform !== 'linux' || existsSync(own)) return existsSync(folder);
  if (!existsSync('/usr/bin/ffmpeg')) return false;
  mkdirSync(folder, { recursive: true });
  try {
    symlinkSync('/usr/bin/ffmpeg', own);
  } catch (error) {
    // Another worker of this run was faster.
    if (!existsSync(own)) throw error;
  }
  return true;
}

function ownFfmpeg(): string {
  const core = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const { browsers }: { browsers: { name: string; revision: string }[] } = JSON.parse(
    readFileSync(join(core, 'browsers.json'), 'utf8'),
  );
  const revision = browsers.find(({ name }) => name === 'ffmpeg')?.revision;
  const { PLAYWRIGHT_BROWSERS_PATH: chosen, XDG_CACHE_HOME: cache } = process.env;
  const own = {
    linux: join(cache || join(homedir(), '.cache'), 'ms-playwright'),
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
  };
  const folder = chosen || own[process.platform === 'darwin' ? 'darwin' : 'linux'];
  return join(folder, `ffmpeg-${revision}`);
}
