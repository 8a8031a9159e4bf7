import { planQuestion } from '../../actions/shared/src/executor/call.ts';
import { followHost } from '../../actions/shared/src/executor/stream.ts';
import type { Output } from './commands.ts';
import type { StagingHost } from './host.ts';
import { onReaderGone } from './terminal.ts';

export interface Logs {
  /** All where none is named. */
  readonly services: readonly string[];
  readonly tail: string;
  /** An extended regular expression, which the host's grep takes. */
  readonly grep: string | undefined;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/**
 * Prints what the containers of the live release have logged; with `follow` what they and their successors log from now on
 * too, until the signal is aborted.
 */
export async function showLogs(
  host: StagingHost,
  { services, tail, grep, follow, signal }: Logs,
  { print }: Output,
): Promise<void> {
  const options = {
    tail,
    ...(services.length > 0 && { services: services.join(' ') }),
    ...(grep !== undefined && { grep }),
  };
  if (!follow) {
    const text = await host.askForText('logs', options);
    if (text !== '') print(text.replace(/\n$/, ''));
    return;
  }
  const unread = new AbortController();
  onReaderGone(() => unread.abort());
  await followHost(
    host.link,
    planQuestion('logs', host.baseDirectory, { ...options, follow: 'yes' }),
    {
      onLine: print,
      signal: AbortSignal.any([signal, unread.signal]),
    },
  );
}
