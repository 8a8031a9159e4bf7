import type { Page } from 'puppeteer-core';
import { type Deviation, excerpt } from '../judge/deviation.ts';

/** Begins to watch a page; the function that it returns gives what the page has reported as an error until then. */
export function watchErrors(page: Page, allowed: readonly string[]): () => Deviation[] {
  const patterns = allowed.map((pattern) => new RegExp(pattern, 'u'));
  const found = new Map<string, Deviation>();
  const add = (what: string, text: string) => {
    if (patterns.some((pattern) => pattern.test(text))) return;
    found.set(text, { what, expected: 'no error', actual: excerpt(text) });
  };
  page.on('pageerror', (error) => {
    add('script', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  });
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url = '' } = message.location();
    add('console', url === '' ? message.text() : `${message.text()} (${url})`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // A page that goes elsewhere gives up what it had asked for.
    if (reason !== 'net::ERR_ABORTED')
      add('request', `${request.method()} ${request.url()}: ${reason}`);
  });
  page.on('error', (error) => add('page', error.message));
  return () => [...found.values()];
}
