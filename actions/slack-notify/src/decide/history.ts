import { colourOf, type Outcome } from './outcome.ts';

/** How a run of before ended, as GitHub's deployments keep it. */
export interface PastRun {
  readonly colour: 'green' | 'red';
  readonly at: Date;
  /** Release that it deployed, where that is known. */
  readonly release: string | undefined;
}

/** Runs of before, newest first. */
export interface Past {
  readonly runs: readonly PastRun[];
  /** False where older runs were not looked at although no green one was found. */
  readonly complete: boolean;
}

/** A change of colour, which is worth a word; a run of the same colour as the one before is not. */
export type Transition =
  | { readonly kind: 'broke' }
  | {
      readonly kind: 'recovered';
      /** Milliseconds since it broke; undefined where that is too long ago to be found. */
      readonly after: number | undefined;
    };

/** What changed with this run. Nothing is known before a first run, so nothing has changed with it. */
export function transition(outcome: Outcome, past: Past, now: Date): Transition | undefined {
  const colour = colourOf(outcome);
  const [before] = past.runs;
  if (colour === undefined || before === undefined || before.colour === colour) return undefined;
  if (colour === 'red') return { kind: 'broke' };
  if (!past.complete) return { kind: 'recovered', after: undefined };
  const green = past.runs.findIndex((run) => run.colour === 'green');
  const first = (green < 0 ? past.runs : past.runs.slice(0, green)).at(-1);
  return { kind: 'recovered', after: first && now.getTime() - first.at.getTime() };
}

/** The release of the last green run. */
export function lastGoodRelease({ runs }: Past): string | undefined {
  return runs.find(({ colour }) => colour === 'green')?.release;
}
