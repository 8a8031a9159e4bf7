import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refusalOf } from '../../../scripts/local/surroundings/stand-ins/slack-message.ts';
import { outcomes } from '../src/decide/outcome.ts';
import { fitted } from '../src/render/fit.ts';
import { type Message, renderMessage } from '../src/render/message.ts';
import { locales, textsIn } from '../src/render/texts/languages.ts';
import { detailBlocks, renderReply } from '../src/render/thread.ts';
import { factsOf } from './run.ts';

const marks = [
  ...[
    '<!channel>',
    '<!here>',
    '<!everyone>',
    '<@U0123ABCD>',
    '<#C0123ABCD>',
    '<!subteam^S0123ABCD>',
  ],
  ...['@channel', '@here', '&lt;!here&gt;', '&amp;', '&#60;!here&#62;', '<', '>', '|', '&'],
  ...['<https://evil.example|log in>', '<https://evil.example>', 'https://evil.example'],
  ...[
    '<mailto:a@evil.example|mail>',
    '<javascript:alert(1)|x>',
    '<!date^1^{date}^https://evil.example|x>',
  ],
  ...['```', '`', '*', '_', '~', ':white_check_mark:', ':x:', '> ', '• ', '✅ Staging est à jour'],
  ...[
    '\u202E',
    '\u2066',
    '\u200B',
    '\u200D',
    '\u0000',
    '\u001b[31m',
    '\u007f',
    '\r',
    '\n',
    '\u2028',
  ],
  ...[
    '\u3164',
    '\uFEFF',
    '\uD800',
    '\uDC00',
    '😀',
    '👩‍👩‍👧',
    'e\u0301',
    'Z\u0335\u0335\u0335\u0335',
    'עברית',
    '"',
    '\\',
    '${{ x }}',
  ],
];

/** Text that somebody else wrote: of every kind, with what Slack understands, sometimes far too long. */
const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...marks), { maxLength: 12 }).map((all) => all.join('')),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...marks), fc.string({ maxLength: 8 })), { maxLength: 60 })
      .map((all) => all.join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...marks)
      .map((mark) => mark.repeat(Math.ceil(40_000 / mark.length))),
  },
);

const run = fc.record({
  outcome: fc.constantFrom(undefined, ...outcomes),
  locale: fc.constantFrom(...locales),
  message: text,
  author: text,
  branch: text,
  repository: text,
  other: text,
  // GitHub's own, with what others may have put into it.
  address: fc
    .tuple(fc.constantFrom('https://github.com/', 'javascript:'), text)
    .map((parts) => parts.join('')),
  apart: fc.boolean(),
  called: fc.boolean(),
});

const ours = ['https://github.com/', 'https://staging.example.org/'];
const call = '<!here>';

/** Every object in a payload that has a text. */
function textsOf(value: unknown): { type: string; text: string; verbatim?: boolean }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'text' in value && typeof value.text === 'string' && 'type' in value ? [value] : [];
  return [...(own as []), ...Object.values(value).flatMap(textsOf)];
}

function check(message: Message, mentions: readonly string[]): void {
  const refusal = refusalOf(message);
  if (refusal) throw new Error(`Slack refuses it: ${JSON.stringify(refusal)}`);
  expect(message.text).not.toMatch(/[<>]|https?:/);
  let calls = 0;
  for (const { type, text: shown, verbatim } of textsOf(message.blocks)) {
    if (!shown.isWellFormed()) throw new Error('half a character');
    if (/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u.test(shown)) throw new Error(`hidden: ${shown}`);
    if (type !== 'mrkdwn') continue;
    // Without it Slack looks for addresses and names in the text.
    if (verbatim !== true) throw new Error('not verbatim');
    for (const [, reference = ''] of shown
      .replaceAll(call, () => {
        calls += 1;
        return '';
      })
      .matchAll(/<([^>]*)>?/g)) {
      if (!ours.some((address) => reference.startsWith(address)))
        throw new Error(`a link or mention of others: ${reference}`);
    }
    // In an address and in code Slack shows no pictures.
    const label = shown.replaceAll(/<[^|>]*\||```[^`]*```/g, '');
    if (/:(?:white_check_mark|x):/.test(label)) throw new Error(`a picture of others: ${shown}`);
    const fences = shown.split('```').length - 1;
    if (fences !== 0 && fences !== 2) throw new Error(`code that ends early: ${shown}`);
  }
  expect(calls).toBe(mentions.length);
}

it('keeps every text of others a text: valid, without a mention and without a link of theirs', () => {
  fc.assert(
    fc.property(run, ({ outcome, locale, message, author, branch, repository, other, ...rest }) => {
      const { address, apart, called } = rest;
      const needs = { test: { result: 'failure' }, [other]: { result: 'cancelled' } };
      const told = factsOf(
        {
          needs: JSON.stringify(needs),
          'migration-from': other,
          'migration-to': author,
          migrations: JSON.stringify([other, { revision: branch, message }]),
          'scan-counts': JSON.stringify({ [other]: { [author]: 1 } }),
          'smoke-results': JSON.stringify([{ name: other, passed: false, detail: message }]),
          'suite-results': JSON.stringify({ name: author, tests: 2, failed: 1, first: message }),
          'host-status': JSON.stringify([
            {
              host: author,
              current: branch,
              commit: 'abc',
              transaction: {
                phase: 'provisional',
                release: branch,
                owner: other,
                actor: author,
                runUrl: address,
                deadline: message,
              },
              hold: { by: author, reason: message },
              releases: [],
            },
            { host: message, current: apart ? other : branch, commit: '', releases: [] },
          ]),
        },
        {
          commit: { message, author, login: author },
          failedSteps: [
            { job: other, step: branch, url: address, log: [message, other], error: message },
          ],
          transition: called ? { kind: 'broke' } : undefined,
        },
        { branch },
      );
      expect(told.remarks.map(({ kind }) => kind)).toEqual(['suite', 'held', 'locked']);
      const facts = {
        ...told,
        outcome,
        repository,
        release: other,
        environmentUrl: address.startsWith('https:') ? address : 'https://staging.example.org',
      };
      const mentions = called ? [call] : [];
      const whole = renderMessage(facts, locale, mentions);
      check(fitted(whole).message, mentions);
      const blocks = [...whole.blocks, ...detailBlocks(facts, locale)];
      check(fitted({ ...whole, blocks }).message, mentions);
      const words = textsIn(locale);
      const headline = outcome ? words.headline[outcome] : words.running[facts.operation];
      expect(textsOf(whole.blocks)[0]?.text.startsWith(headline)).toBe(true);
      const reply = renderReply(facts, locale, mentions);
      if (reply) check(fitted(reply).message, mentions);
    }),
    { numRuns: 10_000 },
  );
}, 300_000);
