import type { Button, KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/web-api';
import { oneLine } from '../../../shared/src/foreign-text.ts';
import type { Facts } from '../decide/facts.ts';
import type { LiveRelease } from '../decide/live-now.ts';
import { colourOf } from '../decide/outcome.ts';
import { failureBlocks, stageLine } from './message-parts.ts';
import { codeBlock, escapeMrkdwn, link, mrkdwn, plain, untrusted, webAddress } from './mrkdwn.ts';
import { remarkBlocks } from './remark-blocks.ts';
import { timeOfDay } from './texts/clock.ts';
import { type Locale, textsIn } from './texts/languages.ts';
import type { Texts } from './texts/texts.ts';

export interface Message {
  /** For notifications and clients that show no blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

// Slack takes 150 characters in a header, 2,000 in a field, 3,000 in a section. Escaping makes a character up to five
// long, and links add an address, so texts of others get far less.
const headerLimit = 150;
const subjectLimit = 300;
const nameLimit = 80;
const valueLimit = 120;
const mostHosts = 5;

/**
 * The run's own message; `mentions` calls people. Texts of others are plain text or escaped, and cut to Slack's limits.
 */
export function renderMessage(
  facts: Facts,
  locale: Locale,
  mentions: readonly string[] = [],
): Message {
  const words = textsIn(locale);
  const title = titleOf(facts, words);
  return {
    text: escapeMrkdwn(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: true } },
      { type: 'section', text: plain(subject(facts, words)) },
      { type: 'context', elements: origin(facts, words) },
      ...transitionBlocks(facts, words, mentions),
      ...failureBlocks(facts, words),
      ...fieldBlocks(facts, words),
      ...remarkBlocks(facts, words),
      ...stageBlocks(facts),
      ...redeployBlocks(facts, words),
      { type: 'actions', elements: buttons(facts, words) },
    ],
  };
}

/** The headline and the repository that it is about. */
export function titleOf({ outcome, operation, repository }: Facts, words: Texts): string {
  const headline = outcome === undefined ? words.running[operation] : words.headline[outcome];
  // The headline is ours and keeps its pictures; what comes behind it can neither push it out nor add one.
  const rest = oneLine(repository, headerLimit - headline.length - 3).replaceAll(':', '∶');
  return `${headline} · ${rest}`.trim();
}

function subject({ commitMessage }: Facts, words: Texts): string {
  const text = commitMessage?.trimStart().slice(0, 10_000) ?? '';
  return oneLine(text.split(/[\r\n\u2028\u2029]/)[0] ?? '', subjectLimit) || words.noCommitMessage;
}

/** Which commit, whose, from which branch; and which attempt, where it is not the first. */
function origin(facts: Facts, words: Texts): (MrkdwnElement | PlainTextElement)[] {
  const names = [facts.author, facts.branch]
    .map((name) => oneLine(name, nameLimit))
    .filter((name) => name !== '');
  return [
    mrkdwn(link(facts.commitUrl, facts.commit.slice(0, 7)) || '–'),
    ...names.map(plain),
    ...(facts.attempt > 1 ? [plain(words.attempt(facts.attempt))] : []),
  ];
}

function transitionBlocks(
  { transition }: Facts,
  words: Texts,
  mentions: readonly string[],
): KnownBlock[] {
  if (transition === undefined) return [];
  if (transition.kind === 'recovered') {
    const { after } = transition;
    const duration = after === undefined ? undefined : words.duration(after);
    return [{ type: 'section', text: mrkdwn(`*${words.recovered(duration)}*`) }];
  }
  return [{ type: 'section', text: mrkdwn(callText(mentions, words)) }];
}

/** Says that staging broke, and calls people. */
export function callText(mentions: readonly string[], words: Texts): string {
  return [...mentions, words.broke].join(' ');
}

function fieldBlocks(facts: Facts, words: Texts): KnownBlock[] {
  const { label } = words;
  const migrated =
    facts.migrationFrom !== undefined &&
    facts.migrationTo !== undefined &&
    facts.migrationFrom !== facts.migrationTo;
  const fields = [
    // A run that only tests has changed nothing, and asks no server.
    ...(facts.outcome === undefined || facts.operation === 'test'
      ? []
      : [field(label.live, liveNowText(facts, words))]),
    ...(facts.release === undefined || isLive(facts.release, facts)
      ? []
      : [field(label.release, untrusted(facts.release, valueLimit))]),
    ...(facts.duration === undefined || facts.outcome === undefined
      ? []
      : [field(label.duration, words.duration(facts.duration))]),
    ...(facts.environmentUrl === undefined
      ? []
      : [
          field(
            label.environment,
            link(facts.environmentUrl, oneLine(facts.environmentUrl, valueLimit)),
          ),
        ]),
    ...(migrated
      ? [
          field(
            label.migrations,
            words.migrated(
              untrusted(facts.migrationFrom ?? '', valueLimit),
              untrusted(facts.migrationTo ?? '', valueLimit),
            ),
          ),
        ]
      : []),
  ];
  return fields.length === 0 ? [] : [{ type: 'section', fields }];
}

function isLive(release: string, { now }: Facts): boolean {
  return 'release' in now && now.release === release;
}

/** What staging runs now, in words. */
export function liveNowText({ now, repositoryUrl }: Facts, words: Texts): string {
  switch (now.kind) {
    case 'unknown':
    case 'nothing':
      return words.now[now.kind];
    case 'apart':
      return words.now.apart(
        now.hosts
          .slice(0, mostHosts)
          .map(({ host, current }) => untrusted(`${host} – ${current || '–'}`, valueLimit))
          .join(', '),
      );
    case 'old':
      return words.now.old(releaseText(now, repositoryUrl));
    case 'provisional':
      return words.now.provisional(
        releaseText(now, repositoryUrl) ?? words.thisRelease,
        timeOfDay(now.until),
      );
    default:
      return words.now[now.kind](releaseText(now, repositoryUrl) ?? words.thisRelease);
  }
}

/** A release, with a link to its commit where that is known. */
function releaseText({ release, commit }: LiveRelease, repositoryUrl: string): string | undefined {
  if (release === undefined) return undefined;
  return commit === undefined
    ? untrusted(release, valueLimit)
    : link(`${repositoryUrl}/commit/${commit}`, oneLine(release, valueLimit));
}

function stageBlocks({ stages }: Facts): KnownBlock[] {
  if (stages.length === 0) return [];
  return [{ type: 'context', elements: [mrkdwn(stageLine(stages))] }];
}

function redeployBlocks({ redeploy }: Facts, words: Texts): KnownBlock[] {
  if (redeploy === undefined) return [];
  return [
    {
      type: 'section',
      text: mrkdwn(`*${words.label.redeploy}*\n${codeBlock([redeploy])}`),
    },
  ];
}

function buttons({ outcome, environmentUrl, runUrl, compareUrl }: Facts, words: Texts): Button[] {
  const { button } = words;
  const addresses: [string, string, string | undefined][] = [
    ['environment', button.environment, environmentUrl],
    ['run', button.run, runUrl],
    ['compare', button.compare, compareUrl],
  ];
  const primary = outcome !== undefined && colourOf(outcome) === 'red' ? 'run' : 'environment';
  return addresses.flatMap(([id, label, address]): Button[] => {
    const url = address === undefined ? undefined : webAddress(address);
    if (url === undefined) return [];
    const text = { type: 'plain_text', text: label, emoji: false } as const;
    const style = id === primary ? ({ style: 'primary' } as const) : {};
    return [{ type: 'button', action_id: id, text, url, ...style }];
  });
}

function field(label: string, value: string): MrkdwnElement {
  return mrkdwn(`*${label}*\n${value}`);
}
