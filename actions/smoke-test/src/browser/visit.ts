import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page, TimeoutError } from 'puppeteer-core';
import type { BrowserCheck } from '../checks/types.ts';
import type { Way } from '../http/way.ts';
import type { Deviation } from '../judge/deviation.ts';
import type { Trial } from '../result.ts';
import type { Run } from '../run.ts';
import { doStep } from './do-step.ts';
import { watchErrors } from './errors.ts';
import { stepInWords } from './steps.ts';

export interface Visit {
  readonly check: BrowserCheck;
  readonly run: Run;
  readonly executable: string;
  /** Milliseconds. */
  readonly limit: number;
}

const longestStart = 30_000;
const longestStep = 10_000;

/** Opens the page in a browser of its own, does the steps, and keeps a picture of how it ended. */
export async function visit({ check, run, executable, limit }: Visit): Promise<Trial> {
  const profile = await mkdtemp(join(tmpdir(), 'browser-'));
  let browser: Browser | undefined;
  try {
    browser = await launch(executable, profile, run.client.way);
    const page = await browser.newPage();
    await page.setViewport(check.viewport ?? { width: 1280, height: 800 });
    page.setDefaultTimeout(Math.max(Math.min(longestStep, limit), 1000));
    return await look(check, run, page, Date.now() + limit);
  } finally {
    await browser?.close().catch(() => browser?.process()?.kill('SIGKILL'));
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function launch(executable: string, profile: string, way: Way): Promise<Browser> {
  const { url, tunnelPort } = way;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const rules = `MAP ${url.hostname}:${port} 127.0.0.1:${tunnelPort}`;
  return puppeteer.launch({
    executablePath: executable,
    userDataDir: profile,
    timeout: longestStart,
    args: [
      // As root, and in containers without user namespaces, Chromium has no sandbox; it sees this one application.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--no-first-run',
      ...(tunnelPort === undefined ? [] : [`--host-resolver-rules=${rules}`, '--no-proxy-server']),
    ],
  });
}

async function look(check: BrowserCheck, run: Run, page: Page, deadline: number): Promise<Trial> {
  const base = run.client.way.url.href.replace(/\/$/, '');
  const errors = watchErrors(page, check['allowed-errors'] ?? []);
  const deviations: Deviation[] = [];
  const steps = [{ open: check.path } as const, ...(check.steps ?? [])];
  let done = 0;
  for (const step of steps) {
    const left = deadline - Date.now();
    const timeout = Math.max(Math.min(longestStep, left), 1000);
    try {
      await doStep(page, step, { base, timeout });
      done += 1;
    } catch (error) {
      const what = `step ${done + 1} of ${steps.length}`;
      deviations.push({ what, expected: stepInWords(step), actual: await found(error, page) });
      break;
    }
  }
  // What was asked for last may still fail.
  await page.waitForNetworkIdle({ idleTime: 200, timeout: 2000 }).catch(() => undefined);
  // What went wrong in the page explains why a step found nothing, so it comes first.
  const all = [...errors(), ...deviations];
  const file = await takePicture(page, run.directory, check.name);
  return { deviations: all, seen: `${done} of ${steps.length} steps, picture ${file}` };
}

async function found(error: unknown, page: Page): Promise<string> {
  const reason = error instanceof TimeoutError ? 'not there in time' : (error as Error).message;
  const text = await page
    .evaluate('document.body?.innerText ?? ""')
    .then(String)
    .catch(() => '');
  const shown = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
  return `${reason}; the page at ${new URL(page.url()).pathname} shows ${shown === '' ? 'nothing' : `“${shown}”`}`;
}

async function takePicture(page: Page, directory: string, name: string): Promise<string> {
  const plain = name.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '-');
  const file = `${plain.replaceAll(/^-|-$/g, '').toLowerCase().slice(0, 60) || 'page'}.png`;
  await mkdir(directory, { recursive: true });
  const path = join(directory, file) as `${string}.png`;
  try {
    await page.screenshot({ path });
    return file;
  } catch (error) {
    return `none (${(error as Error).message})`;
  }
}
