import { untrusted } from './mrkdwn.ts';
import type { Texts } from './texts/texts.ts';

const nameLimit = 80;

/** What a scan did not look at, given as scan-report names it, with commas between. */
export function scannedInWords(what: string, words: Texts): string {
  const parts = what.split(', ').map((part) => words.scanned[part] ?? untrusted(part, nameLimit));
  return parts.join(', ');
}
