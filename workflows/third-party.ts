import lock from './actions.lock.json' with { type: 'json' };

/** The third-party actions that actions.lock.json pins. */
export type ThirdPartyAction = keyof typeof lock;

/** The `uses` of a third-party action: its full commit SHA, never a tag. */
export function pinned(action: ThirdPartyAction): string {
  return `${action}@${lock[action].sha}`;
}

/** The version behind every pinned `uses`, written as a comment beside it. */
export const versions: ReadonlyMap<string, string> = new Map(
  Object.entries(lock).map(([action, { sha, tag }]) => [`${action}@${sha}`, tag]),
);
