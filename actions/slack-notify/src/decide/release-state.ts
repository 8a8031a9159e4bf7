import type { EndedTransaction } from '../../../ssh-deploy/src/report/status.ts';
import { commonReport, type HostReport, type HostStatus } from '../read/host-status.ts';
import type { Needs } from '../read/needs.ts';
import type { Operation } from '../read/operation.ts';

/**
 * Where the run's release stands: `confirmed` for good; `provisional` until somebody confirms it; `rolled-back` by the
 * pipeline, or `rolled-back-by-host` because nobody confirmed it; `replaced`: it was deployed, and another release is
 * live; `untouched`: staging still runs the release before; `held`: so it does, since staging is somebody else's;
 * `nothing-live`: it is not live, and neither was any before it; `taken-down-by-host`: the same, because nobody confirmed it;
 * `unsettled`: the hosts are in the middle of it, or differ; `refused`: it may not be deployed; `unknown`: nobody has
 * said.
 */
export type ReleaseState =
  | 'confirmed'
  | 'provisional'
  | 'rolled-back'
  | 'rolled-back-by-host'
  | 'replaced'
  | 'untouched'
  | 'nothing-live'
  | 'taken-down-by-host'
  | 'held'
  | 'unsettled'
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
  'nothing-live': 'nothing-live',
  refused: 'refused',
  unknown: 'unknown',
};

/** The state that a word stands for; a word that nobody knows is `unknown`, never a success. */
export function releaseStateFrom(word: string): ReleaseState {
  return Object.hasOwn(words, word) ? (words[word] ?? 'unknown') : 'unknown';
}

/** What the state is judged from. */
export interface Told {
  /** What the hosts say; undefined where they were not asked. */
  readonly host: HostStatus | undefined;
  /** Where the release stands, as the jobs say. */
  readonly state: ReleaseState;
  readonly operation: Operation;
  readonly needs: Needs;
  readonly release: string | undefined;
  readonly previousRelease: string | undefined;
}

/**
 * Where the run's release stands: as the hosts say; what the jobs said counts where the hosts were not asked, did not
 * answer, or cannot know it. `requester` is the run's name on the hosts.
 */
export function releaseState(told: Told, requester: string): ReleaseState {
  const { host, state, operation } = told;
  if (host === undefined || host === 'unreachable' || state === 'refused') return state;
  const report = commonReport(host);
  if (report === undefined) return 'unsettled';
  return operation === 'rollback'
    ? afterRollback(report, told, requester)
    : afterDeployment(report, told, requester);
}

function afterDeployment(report: HostReport, told: Told, requester: string): ReleaseState {
  const { current, transaction, lastTransaction } = report;
  const { needs, state, release, previousRelease } = told;
  const deployed = needs.deploy?.result === 'success';
  if (release === undefined) {
    if (deployed) return 'unknown';
    if (isHeld(report, requester)) return 'held';
    return current === '' ? 'nothing-live' : 'untouched';
  }
  if (transaction?.owner === requester) {
    if (transaction.phase === 'provisional' && current === release) return 'provisional';
    if (transaction.phase !== 'staged') return 'unsettled';
    return current === '' ? 'nothing-live' : 'untouched';
  }
  const ended = lastTransaction?.release === release ? lastTransaction.outcome : undefined;
  const confirmed = stateOnHost(report, release) === 'confirmed';
  if (current === release) return whileLive(confirmed, ended, state);
  if (current === '')
    return ended === 'rolled-back-by-host' ? 'taken-down-by-host' : 'nothing-live';
  if (ended === 'rolled-back-by-host') return ended;
  if (state === 'confirmed') return 'replaced';
  if (ended === 'rolled-back') return ended;
  if (!deployed) return 'untouched';
  return current === previousRelease ? 'rolled-back' : 'replaced';
}

function whileLive(
  confirmed: boolean,
  ended: EndedTransaction['outcome'] | undefined,
  state: ReleaseState,
): ReleaseState {
  if (confirmed && state === 'confirmed') return 'confirmed';
  // A redeploy of the live release that is taken back leaves that release live.
  if (ended === 'rolled-back-by-host') return ended;
  if (ended === 'failed' || ended === 'given-up') return 'untouched';
  return confirmed ? 'confirmed' : 'provisional';
}

/** `release` is the one that was gone back to, and undefined where the rollback failed or took the first release down. */
function afterRollback(report: HostReport, { release }: Told, requester: string): ReleaseState {
  const { current, transaction, lastTransaction } = report;
  if (transaction?.owner === requester) return 'unsettled';
  if (release !== undefined) return current === release ? 'rolled-back' : 'replaced';
  // The job may have failed after the host was done.
  if (lastTransaction?.owner !== requester) return 'untouched';
  if (lastTransaction.outcome === 'taken-down' && current === '') return 'nothing-live';
  return lastTransaction.outcome === 'rolled-back' ? 'rolled-back' : 'untouched';
}

/** Whether somebody other than this run has staging, or has locked it. */
function isHeld({ transaction, hold }: HostReport, requester: string): boolean {
  return hold !== undefined || (transaction !== undefined && transaction.owner !== requester);
}

/** What the host's list of releases says of one. */
export function stateOnHost({ releases }: HostReport, release: string): string | undefined {
  return releases.find(({ id }) => id === release)?.state;
}

const releaseId = /^\d{8}T\d{6}Z-(?<commit>[0-9a-f]{7,40})$/;

/** The commit, full or short, that the id of a release ends with. */
export function commitOfRelease(release: string | undefined): string | undefined {
  return releaseId.exec(release ?? '')?.groups?.commit;
}
