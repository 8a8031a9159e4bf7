import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';

/** What staging runs after a run: this run's release, the one before, or nobody knows. */
export type LiveNow =
  | { readonly kind: 'confirmed' | 'provisional'; readonly release: string | undefined }
  | { readonly kind: 'old'; readonly release: string | undefined }
  | { readonly kind: 'unknown' };

type Known = Pick<Inputs, 'state' | 'release' | 'previousRelease' | 'needs'>;

/** Tells what staging runs, from the release's state; where nobody said it, from what the jobs cannot have done. */
export function liveNow(known: Known, outcome: Outcome | undefined): LiveNow {
  const { state, release, previousRelease } = known;
  const old = { kind: 'old', release: previousRelease } as const;
  switch (state) {
    case 'confirmed':
      // That a rollback failed and that the new release is confirmed cannot both be true.
      return outcome === 'rollback-failed' ? { kind: 'unknown' } : { kind: 'confirmed', release };
    case 'provisional':
      return { kind: 'provisional', release };
    case 'rolled-back':
    case 'rolled-back-by-host':
    case 'untouched':
    case 'refused':
      return old;
    case 'unknown':
      return deploymentRan(known) && outcome !== 'rolled-back' ? { kind: 'unknown' } : old;
  }
}

/** A deployment that began may have changed staging, whatever its result. */
function deploymentRan({ needs }: Known): boolean {
  return ['deploy', 'rollback', 'smoke'].some((job) => {
    const result = needs[job]?.result;
    return result !== undefined && result !== 'skipped';
  });
}
