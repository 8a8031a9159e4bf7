import { colourOf, type Outcome } from './outcome.ts';

interface Redeployment {
  readonly outcome: Outcome | undefined;
  /** The last good release. */
  readonly release: string | undefined;
  readonly repository: string;
  readonly workflowFile: string | undefined;
  readonly branch: string;
}

// It is pasted into a shell: what is not a plain word stays out of it.
const word = /^[A-Za-z0-9][\w./-]{0,150}$/;

/** The command that redeploys the last good release after a failure; undefined where it is not known. */
export function redeployCommand(redeployment: Redeployment): string | undefined {
  const { outcome, release, repository, workflowFile, branch } = redeployment;
  if (outcome === undefined || colourOf(outcome) !== 'red') return undefined;
  if (release === undefined || workflowFile === undefined) return undefined;
  if (![release, repository, workflowFile].every((part) => word.test(part))) return undefined;
  const ref = word.test(branch) ? ` --ref ${branch}` : '';
  return `gh workflow run ${workflowFile} --repo ${repository}${ref} -f release=${release}`;
}
