/** A table with columns of even width, as the formatter wants it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], filler: string) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width, filler)).join(' | ')} |`;
  const [first = [], ...others] = cells;
  return [line(first, ' '), line([], '-'), ...others.map((row) => line(row, ' '))].join('\n');
}

/** Text in the typeface of code; nothing for no text. */
export function code(value: string | undefined): string {
  return value === undefined ? '' : `\`${value}\``;
}

/** Whether a text has the markers between which `fill` puts something. */
export function hasMarkers(text: string, name: string): boolean {
  return text.includes(`<!-- ${name} -->`) && text.includes(`<!-- /${name} -->`);
}

/** Puts `content` between the markers `<!-- name -->` and `<!-- /name -->`; an error where they are missing. */
export function fill(text: string, name: string, content: string, path: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${path} needs the markers ${open} and ${close}`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}
