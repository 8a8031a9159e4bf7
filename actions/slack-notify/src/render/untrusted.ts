// What turns a log's text red or moves the cursor: ESC [ … letter.
const ansi = new RegExp(`${String.fromCodePoint(0x1b)}\\[[0-?]*[ -/]*[@-~]`, 'g');
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/**
 * Text of others on one line, at most `limit` UTF-16 units long: without control and direction characters, without
 * characters that nobody sees, and with at most three marks on a letter, so that it cannot cover what is around it.
 */
export function oneLine(text: string, limit: number): string {
  const near = beginning(text, limit);
  const clean = near
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return shorten(clean, limit);
}

/** A line of a log, with its indentation and without colours. */
export function logLine(text: string, limit: number): string {
  const clean = beginning(text, limit)
    .replaceAll(ansi, '')
    .toWellFormed()
    .replaceAll('\t', '  ')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/(\p{M}{3})\p{M}+/gu, '$1')
    .trimEnd();
  return shorten(clean, limit);
}

/** What is far beyond the limit is not even looked at: a text may have megabytes. */
function beginning(text: string, limit: number): string {
  return text.slice(0, limit * 20 + 1000);
}

/** Cuts at a word if there is one near, and says with … that it did. Never splits a character. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  const kept = space > limit * 0.7 ? cut.slice(0, space) : cut;
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
