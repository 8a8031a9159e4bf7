/**
 * What others wrote (a host, a container, ssh, a tool; file names, commit messages, errors) becomes text that can only be
 * read. Whatever shows such text takes it from here.
 */

const esc = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);
// ESC [ … letter turns text red or moves the cursor; ESC ] … bell or ESC \ makes a link or sets the window's title.
const ansi = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)`,
  'g',
);
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
// The only invisible one that belongs to what people write: ⚠ becomes ⚠️.
const pictureSign = '\ufe0f';
const stackedMarks = /(\p{M}{3})\p{M}+/gu;

/** The text with its lines and tabs, and without anything that does more than be read; for a terminal. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(ansi, '')
    .replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}/gu, '')
    .replaceAll(invisible, (each) => (each === pictureSign ? each : ''))
    .replaceAll(stackedMarks, '$1');
}

/** Text for the runner's log, which takes a line that begins with `::`, and `##[` anywhere in a line, for a command. */
export function logText(text: string): string {
  return plainText(text)
    .replaceAll('##[', '# #[')
    .replaceAll(/^([^\S\n]*)::/gm, '$1| ::');
}

/** Text that stays text in the HTML and the Markdown of a job summary; every line break is a line break there too. */
export function summaryText(text: string): string {
  return summaryCode(text).replaceAll('\n', '<br>');
}

/** The same for a block of code, which keeps its lines as they are. */
export function summaryCode(text: string): string {
  // An entity is a character to the reader and no mark to Markdown.
  return plainText(text).replaceAll(marks, (mark) => entities[mark] ?? `&#${mark.codePointAt(0)};`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const marks =
  /[&<>`*~[\]\\|$@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<!\S)#|^[ \t]*[-+=](?=[-+=\s]|$)|(?<=^[ \t]*\d+)[.)](?=\s|$)/gmu;

/** Text on one line, at most `limit` UTF-16 units long, with nothing invisible and at most three marks on a letter. */
export function oneLine(text: string, limit: number): string {
  const clean = beginning(text, limit)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(stackedMarks, '$1')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  return shorten(clean, limit);
}

/** A line of a log, with its indentation and without colours, at most `limit` UTF-16 units long. */
export function logLine(text: string, limit: number): string {
  const clean = beginning(text, limit)
    .replaceAll(ansi, '')
    .toWellFormed()
    .replaceAll('\t', '  ')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(invisible, '')
    .replaceAll(stackedMarks, '$1')
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
