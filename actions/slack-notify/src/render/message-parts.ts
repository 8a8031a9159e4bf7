import type { KnownBlock } from '@slack/web-api';
import { oneLine } from '../../../shared/src/foreign-text.ts';
import type { Facts } from '../decide/facts.ts';
import { colourOf } from '../decide/outcome.ts';
import type { FailedStep } from '../look-up/jobs.ts';
import type { Stage } from '../read/stages.ts';
import { link, mrkdwn, untrusted } from './mrkdwn.ts';
import type { Texts } from './texts/texts.ts';

const valueLimit = 120;
const errorLimit = 200;
// A section takes 3,000 characters, its label and marks among them.
const placesLimit = 2_800;
const mostFailedSteps = 5;
// With every character escaped these fill the 3,000 that Slack takes.
const mostStages = 20;
const titleLimit = 28;

const signs = { success: '✅', failure: '❌', cancelled: '🚫', skipped: '⏭️', open: '▫️' } as const;

/** Every stage with the sign of its result, on one line. */
export function stageLine(stages: readonly Stage[]): string {
  const all = stages.map(
    ({ title, result }) => `${signs[result ?? 'open']} ${untrusted(title, titleLimit)}`,
  );
  const shown = all.slice(0, mostStages);
  return [...shown, ...(all.length > shown.length ? ['…'] : [])].join('  ');
}

/** Where the run failed or was cancelled, and why: steps with their logs where GitHub named them, jobs otherwise. */
export function failureBlocks(facts: Facts, words: Texts): KnownBlock[] {
  const { outcome, failedSteps, stages } = facts;
  if (outcome === undefined) return [];
  const steps = placesOf(failedSteps);
  const jobs = (result: 'failure' | 'cancelled') =>
    stages.filter((stage) => stage.result === result).map(({ title }) => untrusted(title, 80));
  const failed = steps.length > 0 ? steps : jobs('failure');
  if (failed.length > 0) return [list(words.label.failedIn, failed, words)];
  const cancelled = jobs('cancelled');
  const told = outcome === 'cancelled' || colourOf(outcome) === 'red';
  return told && cancelled.length > 0 ? [list(words.label.cancelledIn, cancelled, words)] : [];
}

/** With their reasons, unless these are so long that Slack would refuse the message. */
function placesOf(steps: readonly FailedStep[]): string[] {
  const places = steps.map(({ url, job, step }) =>
    link(url, oneLine(step === undefined ? job : `${job} › ${step}`, valueLimit)),
  );
  const explained = steps.map(({ error }, index) => {
    const place = places[index] ?? '';
    if (error === undefined) return place;
    // Behind a name that ends with `:x`, and is no link, a colon of ours would make a picture.
    const colon = place.endsWith('>') ? ': ' : ' – ';
    return `${place}${colon}${untrusted(error, errorLimit)}`;
  });
  const length = explained.slice(0, mostFailedSteps).join('').length;
  return length > placesLimit ? places : explained;
}

function list(label: string, places: readonly string[], words: Texts): KnownBlock {
  const more = places.length - mostFailedSteps;
  const lines = places.slice(0, mostFailedSteps).map((place) => `• ${place}`);
  const rest = more > 0 ? [`• ${words.more(more)}`] : [];
  return { type: 'section', text: mrkdwn([`*${label}*`, ...lines, ...rest].join('\n')) };
}
