import type { Outcome } from '../../decide/outcome.ts';
import type { Operation } from '../../read/operation.ts';

/** Every text of the messages; a language that lacks one does not compile. What is filled in is ready for mrkdwn. */
export interface Texts {
  readonly headline: Readonly<Record<Outcome, string>>;
  /** While the run lasts. */
  readonly running: Readonly<Record<Operation, string>>;
  readonly label: Readonly<
    Record<
      | 'live'
      | 'duration'
      | 'environment'
      | 'migrations'
      | 'failedIn'
      | 'cancelledIn'
      | 'redeploy'
      | 'scan'
      | 'smoke'
      | 'release',
      string
    >
  >;
  /** What a scan says that looked at everything. */
  readonly nothingFound: string;
  /** What a scan did not look at. */
  notChecked(what: string): string;
  /** What that may be, by the name that scan-report has for it. */
  readonly scanned: Readonly<Record<string, string>>;
  readonly button: Readonly<Record<'environment' | 'run' | 'compare', string>>;
  /** What staging runs now. */
  readonly now: {
    confirmed(release: string): string;
    /** `until` is a time of day, undefined where it is not known. */
    provisional(release: string, until: string | undefined): string;
    unconfirmed(release: string): string;
    old(release: string | undefined): string;
    /** The hosts run different releases: each with its own. */
    apart(hosts: string): string;
    readonly nothing: string;
    readonly unknown: string;
  };
  /** What else there is to know. */
  readonly remark: {
    readonly unreachable: string;
    /** What the run began there has not ended. */
    working(release: string): string;
    /** Somebody else has a deploy under way; `until` is a time of day. */
    held(by: string, release: string, until: string | undefined): string;
    locked(by: string, reason: string): string;
    /** Another run, of a commit and by somebody, waited until this one took its place. */
    displaced(run: string, commit: string, actor: string): string;
    /** The line of a host's journal that a run before saw is gone, or another. */
    journal(host: string, line: number): string;
    /** Scans of these names did not look at something. */
    notChecked(what: string, scans: string): string;
    /** Tests against staging failed, or none ran, and the release stays; `first` is empty where there is none. */
    suite(name: string, failed: number, tests: number, first: string): string;
  };
  /** About what somebody changed without the pipeline. */
  readonly byHand: {
    /** Headlines; those of a rollback are above. */
    readonly restored: string;
    readonly locked: string;
    readonly unlocked: string;
    by(who: string): string;
    readonly before: string;
    readonly backup: string;
    readonly revision: string;
    readonly reason: string;
    readonly ended: string;
  };
  readonly noCommitMessage: string;
  readonly thisRelease: string;
  readonly details: string;
  readonly log: string;
  readonly broke: string;
  recovered(duration: string | undefined): string;
  attempt(number: number): string;
  migrated(from: string, to: string): string;
  more(count: number): string;
  passed(passed: number, total: number): string;
  duration(milliseconds: number): string;
}
