import type { Facts } from '../decide/facts.ts';
import { journalsOf } from '../decide/journals.ts';
import { colourOf } from '../decide/outcome.ts';
import { fileRecord, setRecordStatus } from '../github/outcome-records.ts';
import type { Inputs } from '../inputs.ts';
import type { Lookup } from '../look-up/lookup.ts';
import type { RunContext } from '../read/run-context.ts';
import { formatPlace, type MessagePlace } from '../slack/destination.ts';

export interface Recording {
  readonly inputs: Inputs;
  readonly context: RunContext;
  readonly lookup: Lookup;
  readonly facts: Facts;
  readonly place: MessagePlace | undefined;
  readonly signal: AbortSignal;
}

/**
 * Files the run's outcome with GitHub, so that the next run knows the state before and a re-run finds the message.
 * Returns what went wrong, in words.
 */
export async function recordOutcome(recording: Recording): Promise<string[]> {
  const { inputs, context, lookup, facts, place, signal } = recording;
  const { github, records } = lookup;
  if (!inputs.recordOutcome || inputs.phase === 'progress') return [];
  const missing = 'the next run will not know how this one ended';
  if (github === undefined || records === undefined) return [`${missing}: GitHub cannot be asked`];
  const { outcome } = facts;
  // Where no host told, what the run before knew is still what is known.
  const journals = journalsOf(inputs.host) ?? lookup.findings.journals;
  const green = outcome !== undefined && colourOf(outcome) === 'green';
  try {
    const id =
      records.own?.id ??
      (await fileRecord(
        github,
        {
          environment: inputs.environment,
          commit: context.sha,
          payload: {
            run: context.runId,
            attempt: context.attempt,
            ...(place === undefined ? {} : { message: formatPlace(place) }),
            ...(journals === undefined ? {} : { journals }),
          },
        },
        signal,
      ));
    const status = {
      outcome,
      runUrl: facts.runUrl,
      environmentUrl: inputs.environmentUrl,
      release: green ? inputs.release : undefined,
    };
    await setRecordStatus(github, id, status, signal);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${missing}: ${reason}; recording needs the permission deployments: write`];
  }
}
