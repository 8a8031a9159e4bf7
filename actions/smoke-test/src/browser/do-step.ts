import { setTimeout as pause } from 'node:timers/promises';
import type { KeyInput, Page } from 'puppeteer-core';
import type { BrowserStep } from '../checks/types.ts';
import { selectorOf } from './steps.ts';

export interface StepOptions {
  /** The application's address, without a slash at its end. */
  readonly base: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Does one step. Throws where it cannot be done in time. */
export async function doStep(page: Page, step: BrowserStep, options: StepOptions): Promise<void> {
  const { base, timeout } = options;
  const locate = (selector: string) => page.locator(selector).setTimeout(timeout);
  if ('open' in step) await open(page, base + step.open, timeout);
  else if ('fill' in step) await locate(selectorOf(step.fill)).fill(step.with);
  else if ('click' in step) await locate(selectorOf(step.click)).click();
  else if ('press' in step) await page.keyboard.press(step.press as KeyInput);
  else if ('see-not' in step)
    await page.waitForSelector(selectorOf(step['see-not']), { hidden: true, timeout });
  else if ('see' in step)
    await see(page, selectorOf(step.see), { least: step['at-least'] ?? 1, timeout });
  else if ('at' in step) await waitFor(() => new URL(page.url()).pathname === step.at, timeout);
  else await page.reload({ waitUntil: 'load', timeout });
}

async function open(page: Page, address: string, timeout: number): Promise<void> {
  const response = await page.goto(address, { waitUntil: 'load', timeout });
  const status = response?.status() ?? 0;
  if (status >= 400) throw new Error(`status ${status}`);
}

async function see(
  page: Page,
  selector: string,
  { least, timeout }: { readonly least: number; readonly timeout: number },
): Promise<void> {
  const deadline = Date.now() + timeout;
  await page.waitForSelector(selector, { visible: true, timeout });
  const count = async () => (await page.$$(selector)).length;
  await waitFor(async () => (await count()) >= least, deadline - Date.now());
}

/** Not in the page itself, which may forbid scripts of others. Throws when the time is over. */
async function waitFor(isThere: () => boolean | Promise<boolean>, timeout: number): Promise<void> {
  for (const deadline = Date.now() + timeout; !(await isThere()); ) {
    if (Date.now() >= deadline) throw new Error('not so in time');
    await pause(100);
  }
}
