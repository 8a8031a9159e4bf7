/** Returns a text between French quotation marks, which are never parted from it by a line break. */
export function quoted(text: string): string {
  return `«\u00a0${text}\u00a0»`;
}
