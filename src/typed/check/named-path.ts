import type { Path } from './fault.ts';

/** A path that a step takes from the repository. */
export interface NamedPath {
  /** As it is written. */
  readonly name: string;
  /** From the top of the repository. */
  readonly at: string;
  readonly path: Path;
  /** Within a script: which of its lines, from 0. */
  readonly line?: number;
  /** Its own sentence for what is wrong with it. */
  readonly says?: string;
}
