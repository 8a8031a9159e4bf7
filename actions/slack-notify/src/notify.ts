import { deadlineAfter } from './deadline.ts';
import { collectFacts } from './decide/facts.ts';
import type { Outcome } from './decide/outcome.ts';
import { deliver, preload } from './deliver/deliver.ts';
import { recordOutcome } from './deliver/record.ts';
import type { Inputs } from './inputs.ts';
import { lookUp } from './look-up/lookup.ts';
import type { Records } from './look-up/past-runs.ts';
import { mentionsFor } from './read/mention.ts';
import type { RunContext } from './read/run-context.ts';
import { renderMessage } from './render/message.ts';
import { formatPlace, type MessagePlace, parsePlace } from './slack/destination.ts';
import { NotDelivered } from './slack/retry.ts';

/** What came of a notification. */
export interface Report {
  readonly outcome: Outcome | undefined;
  readonly delivered: boolean;
  /** Where the run's message is, as the input `message` takes it. */
  readonly message: string | undefined;
  /** The message in one line. */
  readonly headline: string;
  /** Why Slack did not take the message. */
  readonly failure: NotDelivered | undefined;
  /** Why there was nothing to send. */
  readonly nothing: string | undefined;
  /** What the message lacks, in words. */
  readonly problems: readonly string[];
}

// Shares of the time budget. What GitHub does not tell by then is missing, for the message matters more.
const shareOfGitHub = 0.4;
const shareOfRecord = 0.15;

/** Looks up, tells and records, all within the time budget. */
export async function notify(inputs: Inputs, context: RunContext): Promise<Report> {
  const began = performance.now();
  const { timeBudget } = inputs;
  preload(inputs.destination);
  const lookup = await lookUp(
    inputs,
    context,
    deadlineAfter(timeBudget * shareOfGitHub, began).signal,
  );
  const { findings, records } = lookup;
  const facts = collectFacts({ inputs, context, findings, now: new Date() });
  const broke = findings.transition?.kind === 'broke';
  const author = findings.commit?.login ?? context.actor;
  const mentions = broke ? mentionsFor(inputs.mentions, author) : [];
  const place = inputs.message ?? placeIn(records);
  const kept = inputs.recordOutcome ? shareOfRecord : 0;
  const deadline = deadlineAfter(timeBudget * (1 - kept), began);
  const result = await deliver({ inputs, facts, mentions, place, deadline }).catch(
    (error: unknown) => {
      if (error instanceof NotDelivered) return { failure: error };
      throw error;
    },
  );
  const delivery = 'problems' in result ? result : undefined;
  const now = delivery?.place ?? place;
  const recorded = await recordOutcome({
    inputs,
    context,
    lookup,
    facts,
    place: now,
    signal: deadlineAfter(timeBudget, began).signal,
  });
  return {
    outcome: facts.outcome,
    delivered: delivery !== undefined,
    message: now && formatPlace(now),
    headline: renderMessage(facts, inputs.locale).text,
    failure: 'failure' in result ? result.failure : undefined,
    nothing: 'nothing' in result ? result.nothing : undefined,
    problems: [...inputs.problems, ...lookup.problems, ...(delivery?.problems ?? []), ...recorded],
  };
}

/** Where an earlier phase or attempt of this run left the message. */
function placeIn(records: Records | undefined): MessagePlace | undefined {
  const message = records?.own?.payload.message ?? records?.earlierAttempt?.payload.message;
  try {
    return message === undefined ? undefined : parsePlace(message);
  } catch {
    return undefined;
  }
}
