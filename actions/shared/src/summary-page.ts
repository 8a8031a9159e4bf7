import { summaryCode, summaryText } from './foreign-text.ts';

/** A part of a job summary. Only the functions here make one, and they escape every text that they are given. */
export type SummaryPart = string & { readonly [escaped]: true };

declare const escaped: unique symbol;

/** A heading of the third level. */
export function heading(text: string): SummaryPart {
  return part(`<h3>${summaryText(text)}</h3>\n`);
}

/** A text on a line of its own. */
export function line(text: string): SummaryPart {
  return part(`${summaryText(text)}<br>\n`);
}

/** A list of texts; nothing where there are none. */
export function list(texts: readonly string[]): SummaryPart {
  if (texts.length === 0) return part('');
  return part(`<ul>${texts.map((text) => `<li>${summaryText(text)}</li>`).join('')}</ul>\n`);
}

/** A table with a row of headings. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): SummaryPart {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${summaryText(cell)}</${tag}>`).join('')}</tr>`;
  return part(
    `<table>${row(heads, 'th')}${rows.map((cells) => row(cells, 'td')).join('')}</table>\n`,
  );
}

/** Lines as they are. */
export function code(text: string): SummaryPart {
  return part(`<pre><code>${summaryCode(text)}</code></pre>\n`);
}

/** Lines as they are, shown to whoever opens them. */
export function foldedCode(title: string, text: string): SummaryPart {
  return part(
    `<details><summary>${summaryText(title)}</summary>\n\n<pre>\n${summaryCode(text)}\n</pre>\n\n</details>\n`,
  );
}

function part(html: string): SummaryPart {
  return html as SummaryPart;
}
