import type { NeededSetting } from '../build/needed-settings.ts';
import type { Asker } from './ask.ts';

/** What the pipeline needs of a repository on GitHub. */
export interface Wanted {
  readonly owner: string;
  readonly repo: string;
  /** A push to it deploys. */
  readonly branch: string;
  readonly settings: readonly NeededSetting[];
  /** Actions of others, as `owner/repository[/path]@ref`. */
  readonly actions: readonly string[];
  /** The services whose images are pushed. */
  readonly images: readonly string[];
}

/** A question about a repository, and all it takes to ask it. */
export interface Question {
  readonly asker: Asker;
  readonly wanted: Wanted;
  /** Whether the token belongs to somebody who administers the repository: to others GitHub hides much. */
  readonly isAdmin: boolean;
}

/** Why a thing that GitHub does not show may be there all the same; undefined where it would show it. */
export function hidden({ isAdmin }: Question): string | undefined {
  return isAdmin
    ? undefined
    : 'GitHub shows no such thing to this token, which does not administer the repository';
}
