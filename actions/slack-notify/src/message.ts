import type { KnownBlock, MrkdwnElement } from '@slack/web-api';
import type { Facts } from './facts.ts';
import { escapeMrkdwn, link, oneLine } from './mrkdwn.ts';
import { hasFailed, type JobResult, jobsWith } from './outcome.ts';
import { type Locale, type Texts, texts } from './texts.ts';

export interface Message {
  /** For notifications and clients that show no blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

// Slack takes 150 characters in a header, 2,000 in a field, 3,000 in a section. Escaping makes a character up to five
// long, and links add an address, so untrusted texts get far less.
const headerLimit = 150;
const subjectLimit = 300;
const valueLimit = 120;
const mostFailedSteps = 5;

/** The message about a run. Untrusted text is plain text or escaped, and cut to Slack's limits. */
export function renderMessage(facts: Facts, locale: Locale): Message {
  const words = texts[locale];
  const headline = oneLine(`${words.headline[facts.outcome]} · ${facts.repository}`, headerLimit);
  return {
    text: escapeMrkdwn(headline),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: headline, emoji: true } },
      { type: 'section', text: { type: 'plain_text', text: subject(facts, words), emoji: false } },
      { type: 'section', fields: fields(facts, words) },
      ...failure(facts, words),
      {
        type: 'context',
        elements: [mrkdwn(stages(facts, words)), mrkdwn(link(facts.runUrl, words.run))],
      },
    ],
  };
}

function subject({ commitMessage }: Facts, words: Texts): string {
  return oneLine(commitMessage?.split('\n')[0] ?? '', subjectLimit) || words.noCommitMessage;
}

function fields(facts: Facts, words: Texts): MrkdwnElement[] {
  const { environmentUrl, release, migrationFrom, migrationTo } = facts;
  return [
    field(words.commit, link(facts.commitUrl, facts.commit.slice(0, 7))),
    field(words.author, untrusted(facts.author)),
    field(words.branch, untrusted(facts.branch)),
    ...(release === undefined ? [] : [field(words.release, untrusted(release))]),
    ...(migrationFrom === undefined || migrationTo === undefined
      ? []
      : [field(words.migrations, `${untrusted(migrationFrom)} → ${untrusted(migrationTo)}`)]),
    ...(environmentUrl === undefined
      ? []
      : [field(words.environment, link(environmentUrl, oneLine(environmentUrl, valueLimit)))]),
  ];
}

function failure({ outcome, failedSteps, needs }: Facts, words: Texts): KnownBlock[] {
  if (!hasFailed(outcome)) return [];
  const places =
    failedSteps.length > 0
      ? failedSteps
          .slice(0, mostFailedSteps)
          .map(({ job, step, url }) =>
            link(url, oneLine(step === undefined ? job : `${job} › ${step}`, valueLimit)),
          )
      : jobsWith(needs, 'failure').map(untrusted);
  return [
    {
      type: 'section',
      text: mrkdwn(`*${words.failedIn}*\n${places.map((place) => `• ${place}`).join('\n')}`),
    },
  ];
}

const signs: Readonly<Record<JobResult, string>> = {
  success: '✅',
  failure: '❌',
  cancelled: '🚫',
  skipped: '⏭️',
};

function stages({ needs }: Facts, words: Texts): string {
  const list = Object.entries(needs)
    .slice(0, 20)
    .map(([job, { result }]) => `${signs[result]} ${escapeMrkdwn(oneLine(job, 40))}`);
  return `${words.jobs}: ${list.join('  ')}`;
}

function field(label: string, value: string): MrkdwnElement {
  return mrkdwn(`*${label}*\n${value}`);
}

function untrusted(text: string): string {
  return escapeMrkdwn(oneLine(text, valueLimit));
}

function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text };
}
