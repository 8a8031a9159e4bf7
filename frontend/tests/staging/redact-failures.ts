import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { rateLimitKey } from './staging.ts';

/**
 * Takes the secrets out of what failures leave, before it is printed or becomes an artifact: a trace holds every request
 * with its headers and body, and every text that was typed; a page's description and an error may hold the latter.
 */
export default class RedactFailures implements Reporter {
  onTestEnd(_: TestCase, { attachments, errors }: TestResult): void {
    for (const { path, contentType } of attachments) {
      if (!path) continue;
      if (contentType === 'application/zip') writeFileSync(path, redactArchive(readFileSync(path)));
      if (contentType.startsWith('text/')) writeFileSync(path, redactBytes(readFileSync(path)));
    }
    // The reporters after this one get the same objects.
    for (const error of errors)
      for (const part of ['message', 'stack', 'snippet', 'value'] as const)
        if (error[part] !== undefined) error[part] = redact(error[part]);
  }
}

function redactArchive(archive: Uint8Array): Uint8Array {
  const entries = Object.entries(unzipSync(archive)).map(
    ([name, content]) => [name, redactBytes(content)] as const,
  );
  return zipSync(Object.fromEntries(entries));
}

/** Latin-1 keeps every byte as it is, so that pictures survive. */
function redactBytes(content: Uint8Array): Uint8Array {
  return strToU8(redact(strFromU8(content, true)), true);
}

const token = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g;

function redact(text: string): string {
  const secrets = [process.env.TEST_TENANT_PASSWORD ?? '', rateLimitKey].filter(Boolean);
  return secrets
    .flatMap((secret) => [secret, inJson(secret), inJson(inJson(secret))])
    .flatMap((secret) => [secret, strFromU8(strToU8(secret), true)])
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
    .replace(token, '***');
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
