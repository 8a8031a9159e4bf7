/** Who asks the host for something: kept in its journal, and shown to whoever has to wait. */
export interface Requester {
  /** Who may go on with a transaction: `owner/repository#RUN_ID`, or `cli:user@machine`. */
  readonly owner: string;
  readonly actor: string;
  /** '' where there is no page about it. */
  readonly runUrl: string;
}

/** The run as the runner's variables tell it, in characters that the executor takes. */
export function requesterOfRun(environment: NodeJS.ProcessEnv): Requester {
  const { GITHUB_SERVER_URL = '', GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_ACTOR } = environment;
  const repository = GITHUB_REPOSITORY ?? 'unknown';
  const run = GITHUB_RUN_ID ?? '0';
  const runUrl = `${GITHUB_SERVER_URL}/${repository}/actions/runs/${run}`;
  return {
    owner: plain(`${repository}#${run}`, /[^A-Za-z0-9_.#:@/-]/g, 100),
    actor: plain(GITHUB_ACTOR ?? 'unknown', /[^A-Za-z0-9_.@[\]-]/g, 64),
    runUrl: /^[A-Za-z0-9_.:/?=&%#-]+$/.test(runUrl) ? runUrl : '',
  };
}

/** Who sits at this machine. */
export function requesterAtTerminal(user: string, machine: string): Requester {
  return {
    owner: plain(`cli:${user}@${machine}`, /[^A-Za-z0-9_.#:@/-]/g, 100),
    actor: plain(user, /[^A-Za-z0-9_.@[\]-]/g, 64),
    runUrl: '',
  };
}

function plain(text: string, others: RegExp, length: number): string {
  return text.replaceAll(others, '-').slice(0, length) || 'unknown';
}
