/**
 * The text with Unix line ends, no blanks around lines and a last newline: what web forms, secret stores and YAML
 * lose or add, and OpenSSH insists on.
 */
export function normaliseLines(text: string): string {
  const lines = text.trim().split(/\r\n?|\n/);
  return `${lines.map((line) => line.trim()).join('\n')}\n`;
}
