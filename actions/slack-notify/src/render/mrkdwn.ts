import type { MrkdwnElement, PlainTextElement } from '@slack/web-api';
import { oneLine } from '../../../shared/src/foreign-text.ts';

// Several links have to fit into one section of 3,000 characters.
const longestLink = 400;

/** Text that stays text in Slack's mrkdwn: no mention, no link, no entity. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text of others in mrkdwn: escaped, and without marks that would format it or turn into a picture. */
export function untrusted(text: string, limit: number): string {
  return escapeMrkdwn(inert(oneLine(text, limit)));
}

/** A link to a web address under a label of others; the label alone where the address is none. */
export function link(address: string, label: string): string {
  const text = escapeMrkdwn(inert(label)).replaceAll('|', '∣');
  const href = webAddress(address);
  if (href === undefined || href.length > longestLink) return text;
  const safe = href.replaceAll(/[|<>`]/g, (mark) => encodeURIComponent(mark));
  return `<${safe.replaceAll('&', '&amp;')}|${text}>`;
}

/** The address in the form that Slack takes for a link or a button; undefined where it is none. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { href, protocol, username, password } = new URL(address);
  // A name and a password before the host make a link look as if it went elsewhere.
  if (username !== '' || password !== '') return undefined;
  return (protocol === 'https:' || protocol === 'http:') && href.length <= 3000 ? href : undefined;
}

/** Lines as they are, in a block of code that they cannot leave. */
export function codeBlock(lines: readonly string[]): string {
  const text = escapeMrkdwn(lines.join('\n').replaceAll('`', 'ˋ'));
  return `\`\`\`\n${text}\n\`\`\``;
}

/** A mrkdwn object in which Slack makes a link or a mention of nothing but what is written as one. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A text object that Slack shows as it is; `:name:` stays text too. */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

const lookalikes: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ' };

function inert(text: string): string {
  return text
    .replaceAll(/[*~`]/g, (mark) => lookalikes[mark] ?? mark)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replaceAll(/:(?=[\w+-]+:)/g, '∶');
}
