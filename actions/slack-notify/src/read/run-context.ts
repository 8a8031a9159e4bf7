import { readFileSync } from 'node:fs';
import { requesterOfRun } from '../../../shared/src/requester.ts';

/** What the runner says about the run. Texts in it are untrusted. */
export interface RunContext {
  readonly owner: string;
  readonly repo: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly runId: number;
  /** Of the workflow's runs, counted from 1; 0 where it is not known. */
  readonly runNumber: number;
  readonly attempt: number;
  readonly sha: string;
  readonly branch: string;
  readonly actor: string;
  /** The run's name on the staging hosts. */
  readonly requester: string;
  /** File name of the workflow, such as `staging.yml`. */
  readonly workflowFile: string | undefined;
  /** The commit that was pushed; undefined for a run by hand. */
  readonly head: Commit | undefined;
}

/** What is told about a commit. */
export interface Commit {
  readonly message: string;
  readonly author: string;
  /** Undefined where the author's address belongs to no account. */
  readonly login: string | undefined;
}

/** Reads the runner's variables and the event. What is missing is left out: it never throws. */
export async function readContext(environment: NodeJS.ProcessEnv): Promise<RunContext> {
  // The toolkit reads the event when it is loaded, and dies of one that is no JSON.
  if (!isReadable(environment.GITHUB_EVENT_PATH)) delete environment.GITHUB_EVENT_PATH;
  const { context } = await import('@actions/github');
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/');
  const workflow = /\/workflows\/(?<file>[\w.-]+\.ya?ml)@/.exec(
    environment.GITHUB_WORKFLOW_REF ?? '',
  );
  return {
    owner,
    repo,
    serverUrl: context.serverUrl,
    apiUrl: context.apiUrl,
    runId: context.runId || 0,
    runNumber: context.runNumber || 0,
    attempt: context.runAttempt || 1,
    sha: context.sha ?? '',
    branch: (context.ref ?? '').replace(/^refs\/(?:heads|tags)\//, ''),
    actor: context.actor ?? '',
    requester: requesterOfRun(environment).owner,
    workflowFile: workflow?.groups?.file,
    head: commitOf(context.payload),
  };
}

function isReadable(path: string | undefined): boolean {
  try {
    JSON.parse(readFileSync(path ?? '', 'utf8'));
    return true;
  } catch {
    return false;
  }
}

function commitOf(event: unknown): Commit | undefined {
  const head = property(event, 'head_commit');
  const message = property(head, 'message');
  if (typeof message !== 'string') return undefined;
  const author = property(head, 'author');
  const name = property(author, 'name');
  const login = property(author, 'username');
  return {
    message,
    author: typeof name === 'string' ? name : '',
    login: typeof login === 'string' ? login : undefined,
  };
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}
