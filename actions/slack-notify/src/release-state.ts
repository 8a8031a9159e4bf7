/**
 * Where the run's release stands: `confirmed` for good; `provisional` until somebody confirms it; `rolled-back` by the
 * pipeline, or `rolled-back-by-host` because nobody confirmed it; `untouched`: staging still runs the release before;
 * `refused`: it may not be deployed; `unknown`: nobody has said.
 */
export type ReleaseState =
  | 'confirmed'
  | 'provisional'
  | 'rolled-back'
  | 'rolled-back-by-host'
  | 'untouched'
  | 'refused'
  | 'unknown';

/** The words of the input `release-state`, with those that the host uses for the same. */
const words: Readonly<Record<string, ReleaseState>> = {
  confirmed: 'confirmed',
  live: 'confirmed',
  provisional: 'provisional',
  'rolled-back': 'rolled-back',
  'rolled-back-by-host': 'rolled-back-by-host',
  untouched: 'untouched',
  staged: 'untouched',
  refused: 'refused',
  unknown: 'unknown',
};

/** The state that a word stands for; a word that nobody knows is `unknown`, never a success. */
export function releaseStateFrom(word: string): ReleaseState {
  return Object.hasOwn(words, word) ? (words[word] ?? 'unknown') : 'unknown';
}

const releaseId = /^\d{8}T\d{6}Z-(?<commit>[0-9a-f]{7,40})$/;

/** The commit, full or short, that the id of a release ends with. */
export function commitOfRelease(release: string | undefined): string | undefined {
  return releaseId.exec(release ?? '')?.groups?.commit;
}
