import { readFileSync } from 'node:fs';
import { requesterOfRun } from '../../../shared/src/requester.ts';

/** What the runner says about the run. Texts in it are untrusted. */
export interface RunContext {
  readonly owner: string;
  readonly repo: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly runId: number;
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
export function readContext(environment: NodeJS.ProcessEnv): RunContext {
  const [owner = '', repo = ''] = (environment.GITHUB_REPOSITORY ?? '').split('/');
  const ref = environment.GITHUB_REF ?? '';
  const workflow = /\/workflows\/(?<file>[\w.-]+\.ya?ml)@/.exec(
    environment.GITHUB_WORKFLOW_REF ?? '',
  );
  return {
    owner,
    repo,
    serverUrl: environment.GITHUB_SERVER_URL ?? 'https://github.com',
    apiUrl: environment.GITHUB_API_URL ?? 'https://api.github.com',
    runId: Number(environment.GITHUB_RUN_ID ?? 0),
    attempt: Number(environment.GITHUB_RUN_ATTEMPT ?? 1),
    sha: environment.GITHUB_SHA ?? '',
    branch: ref.replace(/^refs\/(?:heads|tags)\//, ''),
    actor: environment.GITHUB_ACTOR ?? '',
    requester: requesterOfRun(environment).owner,
    workflowFile: workflow?.groups?.file,
    head: commitOf(readEvent(environment.GITHUB_EVENT_PATH)),
  };
}

function readEvent(path: string | undefined): unknown {
  try {
    return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
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
