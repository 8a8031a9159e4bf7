import { readFileSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { rateLimitKey } from './staging.ts';

/**
 * Takes the secrets out of traces before they become artifacts: a trace holds every request with its headers and body,
 * and every text that was typed.
 */
export default class RedactTraces implements Reporter {
  onTestEnd(_: TestCase, { attachments }: TestResult): void {
    for (const { name, path } of attachments)
      if (name === 'trace' && path) writeFileSync(path, redactTrace(readFileSync(path)));
  }
}

/** The trace, a ZIP archive, with `***` for the password, the key and every access token. */
export function redactTrace(archive: Uint8Array): Uint8Array {
  const entries = Object.entries(unzipSync(archive)).map(([name, content]) => {
    // Latin-1 keeps every byte as it is, so that pictures survive.
    const text = strFromU8(content, true);
    return [name, strToU8(redact(text), true)] as const;
  });
  return zipSync(Object.fromEntries(entries));
}

const token = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g;

function redact(text: string): string {
  const secrets = [process.env.TEST_TENANT_PASSWORD ?? '', rateLimitKey].filter(Boolean);
  return secrets
    .flatMap((secret) => [secret, quoted(secret), quoted(quoted(secret))])
    .map((secret) => strFromU8(strToU8(secret), true))
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
    .replace(token, '***');
}

/** As JSON writes it, without the quotation marks. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
