/** One small change of a definition that is right. */
export interface Edit {
  /** What it is an example of. */
  readonly kind: string;
  readonly name: string;
  /** The definition: of this folder, or of the project's own workflows. */
  readonly file: 'ci' | 'staging' | 'settings' | 'pipeline-checks';
  readonly find: string;
  readonly replace: string;
}

/** A change that is a mistake, with words that the build's message has. */
export interface Mistake extends Edit {
  readonly says: string;
}

export type Row = readonly [name: string, file: Edit['file'], find: string, replace: string];
export type MistakeRow = readonly [...Row, says: string];

/** The mistakes of one kind. */
export function mistakesOf(kind: string, rows: readonly MistakeRow[]): readonly Mistake[] {
  return rows.map(([name, file, find, replace, says]) => ({
    ...{ kind, name, file, find, replace, says },
  }));
}
