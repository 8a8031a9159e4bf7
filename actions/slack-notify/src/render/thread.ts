import type { KnownBlock } from '@slack/web-api';
import { logLine, oneLine } from '../../../shared/src/foreign-text.ts';
import type { Facts } from '../decide/facts.ts';
import type { FailedStep } from '../look-up/jobs.ts';
import type { ScanCount, SmokeResult } from '../read/details.ts';
import { callText, type Message, titleOf } from './message.ts';
import { codeBlock, escapeMrkdwn, link, mrkdwn, untrusted } from './mrkdwn.ts';
import { scannedInWords } from './scanned-in-words.ts';
import { type Locale, textsIn } from './texts/languages.ts';
import type { Texts } from './texts/texts.ts';

const mostSteps = 2;
const mostMigrations = 15;
const mostScans = 10;
const mostSmokeTests = 15;
const nameLimit = 100;
// A section takes 3,000 characters, and all blocks of a message together take some 13,000.
const logLimit = 2_000;
const listLimit = 1_200;
const lineLimit = 200;

/** The blocks that say the rest: logs of what failed, migrations, scans and smoke tests. */
export function detailBlocks(facts: Facts, locale: Locale): KnownBlock[] {
  const words = textsIn(locale);
  return [
    ...logBlocks(facts.failedSteps, words),
    ...migrationBlocks(facts, words),
    ...scanBlocks(facts.scanCounts, words),
    ...smokeBlocks(facts.smokeResults, words),
  ];
}

/** The reply below the run's message; undefined where there is nothing more to say. `mentions` calls people. */
export function renderReply(
  facts: Facts,
  locale: Locale,
  mentions: readonly string[],
): Message | undefined {
  const words = textsIn(locale);
  const call: KnownBlock[] =
    mentions.length === 0 ? [] : [{ type: 'section', text: mrkdwn(callText(mentions, words)) }];
  const blocks = [...call, ...detailBlocks(facts, locale)];
  if (blocks.length === 0) return undefined;
  return { text: escapeMrkdwn(`${words.details} · ${titleOf(facts, words)}`), blocks };
}

function logBlocks(steps: readonly FailedStep[], words: Texts): KnownBlock[] {
  return steps
    .slice(0, mostSteps)
    .filter(({ log }) => log.length > 0)
    .map(({ job, step, url, log }) => {
      const place = link(url, oneLine(step === undefined ? job : `${job} › ${step}`, nameLimit));
      return section(`*${words.log}* · ${place}\n${codeBlock(lastLines(log))}`);
    });
}

/** As many of the last lines as fit, the end being what counts. */
function lastLines(log: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const line of log.map((each) => logLine(each, lineLimit)).reverse()) {
    length += escapeMrkdwn(line).length + 1;
    if (length > logLimit) break;
    kept.unshift(line);
  }
  return kept;
}

function migrationBlocks({ migrations }: Facts, words: Texts): KnownBlock[] {
  const lines = migrations.map(({ revision, message }) =>
    [untrusted(revision, 40), ...(message ? [untrusted(message, nameLimit)] : [])].join(' – '),
  );
  return listBlocks(words.label.migrations, lines, mostMigrations, words);
}

function scanBlocks(scans: readonly ScanCount[], words: Texts): KnownBlock[] {
  const lines = scans.map(({ name, counts, notChecked }) => {
    const found = Object.entries(counts)
      .slice(0, 8)
      .map(([severity, count]) => `${untrusted(severity, 20)} ${count}`.trim());
    const lacking =
      notChecked === '' ? [] : [`❔ ${words.notChecked(scannedInWords(notChecked, words))}`];
    const told = [...lacking, ...found];
    return `${untrusted(name, nameLimit)} – ${told.join(', ') || words.nothingFound}`;
  });
  return listBlocks(words.label.scan, lines, mostScans, words);
}

function smokeBlocks(results: readonly SmokeResult[], words: Texts): KnownBlock[] {
  if (results.length === 0) return [];
  const failed = results.filter(({ passed }) => !passed);
  const head = `${words.label.smoke} · ${words.passed(results.length - failed.length, results.length)}`;
  const lines = failed.map(({ name, detail }) =>
    ['❌', untrusted(name, nameLimit), ...(detail ? ['–', untrusted(detail, nameLimit)] : [])].join(
      ' ',
    ),
  );
  return lines.length === 0
    ? [section(`*${head}*`)]
    : listBlocks(head, lines, mostSmokeTests, words);
}

function listBlocks(
  label: string,
  lines: readonly string[],
  most: number,
  words: Texts,
): KnownBlock[] {
  if (lines.length === 0) return [];
  const shown: string[] = [];
  let length = 0;
  for (const line of lines.slice(0, most)) {
    length += line.length + 3;
    if (length > listLimit) break;
    shown.push(`• ${line}`);
  }
  const more = lines.length - shown.length;
  return [
    section([`*${label}*`, ...shown, ...(more > 0 ? [`• ${words.more(more)}`] : [])].join('\n')),
  ];
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
