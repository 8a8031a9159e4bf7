/** What somebody changed on staging without the pipeline; texts in it are untrusted. */
export type Change =
  | {
      readonly kind: 'rolled-back-by-hand';
      /** What is live again, and what was before. */
      readonly release: string;
      readonly left: string;
      /** Why no deploy starts until it is unlocked; undefined where the next one may. */
      readonly pin?: string | undefined;
    }
  /** The first release, which has none before it. */
  | { readonly kind: 'taken-down'; readonly left: string; readonly pin?: string | undefined }
  | {
      readonly kind: 'restored';
      readonly backup: string;
      /** The schema's revision afterwards. */
      readonly revision: string;
    }
  | { readonly kind: 'locked'; readonly reason: string }
  /** `what` was in the way of deploys, in the host's words. */
  | { readonly kind: 'unlocked'; readonly what: string };

/** A change, who made it and where. */
export interface ByHand {
  readonly change: Change;
  /** Such as `ines@laptop`. */
  readonly by: string;
  /** The staging host. */
  readonly host: string;
  readonly environmentUrl: string | undefined;
}
