import { hostname, tmpdir, userInfo } from 'node:os';
import { planQuestion, type QuestionVerb } from '../../actions/shared/src/executor/call.ts';
import {
  askForText,
  askHost,
  type Link,
  runOperation,
} from '../../actions/shared/src/executor/operation.ts';
import type { LiveLink } from '../../actions/shared/src/executor/stream.ts';
import type { ExecutorResult } from '../../actions/shared/src/executor.ts';
import { type Requester, requesterAtTerminal } from '../../actions/shared/src/requester.ts';
import { openFleet } from '../../actions/ssh-deploy/src/operate/open-fleet.ts';
import { type CallDetails, planOperation } from '../../actions/ssh-deploy/src/operate/plan.ts';
import { defaultLimits } from '../../actions/ssh-deploy/src/read/limits.ts';
import type { Target } from './target.ts';

type Options = Readonly<Record<string, string>>;

/** The staging host, as the command line sees it. */
export interface StagingHost extends AsyncDisposable {
  readonly name: string;
  readonly link: Link & LiveLink;
  readonly requester: Requester;
  readonly baseDirectory: string;
  ask(verb: QuestionVerb, options?: Options): Promise<ExecutorResult>;
  askForText(verb: QuestionVerb, options?: Options): Promise<string>;
  /** As `ask`, for what reads more than its options. */
  give(verb: QuestionVerb, options: Options, payload: Uint8Array): Promise<ExecutorResult>;
  /** As `ask`, for what is journaled with the name of who asked. */
  change(verb: 'lock' | 'unlock', options?: Options): Promise<ExecutorResult>;
  rollBack(details: CallDetails): Promise<ExecutorResult>;
}

export interface HostOptions {
  readonly target: Target;
  /** The text of the executor. */
  readonly script: string;
  /** Is given what the host prints for people. */
  readonly onProgress: (line: string) => void;
  /** Ends the command line, and leaves the work to the host. */
  readonly signal: AbortSignal;
}

/** Connects to the host; disposing of it closes the connection. */
export async function openStagingHost(options: HostOptions): Promise<StagingHost> {
  const { target, script, onProgress, signal } = options;
  const { name, connection, baseDirectory } = target;
  const requester = requesterAtTerminal(userInfo().username, hostname());
  const context = { baseDirectory, requester, limits: defaultLimits };
  const fleet = await openFleet({
    hosts: [{ name, connection }],
    context,
    script,
    temporaryDirectory: tmpdir(),
    keep: false,
    onProgress,
    signal,
  });
  const [host] = fleet.hosts;
  if (host === undefined) throw new TypeError('a fleet without a host');
  const question = (verb: QuestionVerb, more: Options = {}) =>
    planQuestion(verb, baseDirectory, more);
  const { owner, actor } = requester;
  return {
    name,
    link: host,
    requester,
    baseDirectory,
    ask: (verb, more) => askHost(host, question(verb, more)),
    give: (verb, more, payload) => askHost(host, question(verb, more), payload),
    askForText: (verb, more) => askForText(host, question(verb, more)),
    change: (verb, more = {}) => askHost(host, question(verb, { owner, actor, ...more })),
    rollBack: (details) =>
      runOperation(host, {
        call: planOperation('rollback', context, details),
        recovery: planOperation('recover', context),
      }),
    [Symbol.asyncDispose]: () => fleet[Symbol.asyncDispose](),
  };
}
