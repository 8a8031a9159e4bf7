import { PhaseFailed } from '../../../shared/src/errors.ts';
import { planQuestion } from '../../../shared/src/executor/call.ts';
import { askForText, askHost, type Link } from '../../../shared/src/executor/operation.ts';
import type { ForwardingSession } from '../../../shared/src/ssh/session.ts';
import type { CommandStep } from '../checks/types.ts';
import { type Container, type HostReport, reportFrom } from './report.ts';

/** The staging host, over the job's one connection. */
export interface Host {
  report(): Promise<HostReport>;
  /** The last lines that the containers of a service have written. */
  logs(service: string, lines: number): Promise<string>;
  /** Runs a command in a running container of its service and returns its output. Throws `CommandFailed`, `PhaseFailed`. */
  execute(step: Omit<CommandStep, 'name'>, limit: number): Promise<string>;
  /** A port of this machine that leads to `host:port` as the host sees it. Throws `PhaseFailed`. */
  forward(target: { readonly host: string; readonly port: number }): Promise<number>;
}

export interface HostOptions {
  readonly session: ForwardingSession;
  /** The text of the executor. */
  readonly script: string;
  readonly baseDirectory: string;
}

/** The host behind a session. */
export function hostOver({ session, script, baseDirectory }: HostOptions): Host {
  const link: Link = { session, script, onProgress: () => undefined };
  let asking: Promise<HostReport> | undefined;
  // Who asks while the host is answering gets that answer: it takes the host a second of work.
  const report = () => {
    asking ??= askHost(link, planQuestion('containers', baseDirectory))
      .then(reportFrom)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return {
    report,
    logs: (service, lines) =>
      askForText(link, planQuestion('logs', baseDirectory, { service, tail: String(lines) })),
    async execute({ service, command, environment = {} }, limit) {
      const { containers, release } = await report();
      const { id } = runningContainer(containers, service, release);
      const names = Object.keys(environment);
      const { stdout } = await session.run(['sh', '-c', execution(names), 'sh', id, ...command], {
        title: `${command.join(' ')} in ${service}`,
        // What is secret travels on standard input, a value a line, and is in no command line.
        input: Object.values(environment)
          .map((value) => `${oneLine(value)}\n`)
          .join(''),
        timeout: Math.ceil(limit),
      });
      return stdout;
    },
    forward: (target) => session.forward(target),
  };
}

/** Reads the variables from standard input, and runs the rest of the words in the container that the first one names. */
function execution(names: readonly string[]): string {
  const reads = names.map((name) => `IFS= read -r ${name}; export ${name};`);
  const flags = names.map((name) => `--env ${name}`);
  return `${reads.join(' ')} exec docker exec ${flags.join(' ')} "$@" </dev/null`;
}

function oneLine(value: string): string {
  if (!/[\r\n]/.test(value)) return value;
  throw new PhaseFailed('command', 'a value of its environment has several lines');
}

function runningContainer(
  containers: readonly Container[],
  service: string,
  release: string,
): Container {
  const running = containers.filter((each) => each.service === service && each.state === 'running');
  const found = running.find((each) => each.release === release) ?? running[0];
  if (found !== undefined) return found;
  throw new PhaseFailed('command', `no container of ${service} runs on the host`);
}
