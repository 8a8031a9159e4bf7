/** What came of one question. */
export interface Finding {
  readonly verdict: 'right' | 'wrong' | 'unknown' | 'note';
  /** A sentence. Texts of others in it are untrusted. */
  readonly says: string;
  /** The commands that mend it, a line each. */
  readonly mend?: readonly string[];
}

export const right = (says: string): Finding => ({ verdict: 'right', says });
export const note = (says: string): Finding => ({ verdict: 'note', says });
export const unknown = (says: string, why: string, mend: readonly string[] = []): Finding => ({
  verdict: 'unknown',
  says: `${says} was not checked: ${why}`,
  mend,
});
export const wrong = (says: string, ...mend: readonly string[]): Finding => ({
  verdict: 'wrong',
  says,
  mend,
});

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The command that calls GitHub's API with a body. */
export function apiCall(method: string, path: string, body: object): string {
  return `gh api --method ${method} ${quoted(path)} --input - <<<${quoted(JSON.stringify(body))}`;
}
