import type { Health } from '../api/deployment.ts';
import type { Build } from '../build-info.ts';

/** What the page knows of the API: nothing yet, its last answer, or that it does not answer. */
export type ApiState =
  | { status: 'checking' }
  | { status: 'unreachable' }
  | { status: 'answered'; health: Health };

/** How this page's build and the API's relate. */
export type Verdict =
  | 'checking'
  | 'unreachable'
  | 'same'
  /** The frontend that is served now is newer than this page: reloading is enough. */
  | 'page-outdated'
  | 'different'
  /** One of the two was built without a commit. */
  | 'unknown';

/** Compares the page with the API; `served` is the frontend that is served now, if it is known. */
export function judge(page: Build, api: ApiState, served: Build | null): Verdict {
  if (api.status !== 'answered') return api.status;
  if (page.commit === 'unknown' || api.health.commit === 'unknown') return 'unknown';
  if (page.commit === api.health.commit) return 'same';
  return served !== null && served.commit !== page.commit ? 'page-outdated' : 'different';
}
