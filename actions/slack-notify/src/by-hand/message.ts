import type { KnownBlock } from '@slack/web-api';
import { oneLine } from '../../../shared/src/foreign-text.ts';
import type { Message } from '../render/message.ts';
import { escapeMrkdwn, mrkdwn, plain, untrusted, webAddress } from '../render/mrkdwn.ts';
import { type Locale, textsIn } from '../render/texts/languages.ts';
import type { Texts } from '../render/texts/texts.ts';
import type { ByHand, Change } from './change.ts';

const nameLimit = 80;
const valueLimit = 300;

/** The message about what somebody changed by hand. */
export function renderByHand(given: ByHand, locale: Locale): Message {
  const words = textsIn(locale);
  const title = headlineOf(given.change, words);
  const fields = fieldsOf(given.change, words).map(([label, value]) =>
    mrkdwn(`*${label}*\n${untrusted(value, valueLimit) || '–'}`),
  );
  return {
    text: escapeMrkdwn(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: true } },
      { type: 'section', fields },
      {
        type: 'context',
        elements: [
          words.byHand.by(oneLine(given.by, nameLimit)),
          oneLine(given.host, nameLimit),
        ].map(plain),
      },
      ...buttonOf(given.environmentUrl, words),
    ],
  };
}

function headlineOf({ kind }: Change, { headline, byHand }: Texts): string {
  return kind === 'rolled-back-by-hand' || kind === 'taken-down' ? headline[kind] : byHand[kind];
}

function fieldsOf(change: Change, { label, now, byHand }: Texts): (readonly [string, string])[] {
  switch (change.kind) {
    case 'rolled-back-by-hand':
      return [
        [label.live, change.release],
        [byHand.before, change.left],
        ...pinned(change.pin, byHand),
      ];
    case 'taken-down':
      return [
        [label.live, now.nothing],
        [byHand.before, change.left],
        ...pinned(change.pin, byHand),
      ];
    case 'restored':
      return [
        [byHand.backup, change.backup],
        [byHand.revision, change.revision],
      ];
    case 'locked':
      return [[byHand.reason, change.reason]];
    case 'unlocked':
      return [[byHand.ended, change.what]];
  }
}

function pinned(pin: string | undefined, { locked }: Texts['byHand']) {
  return pin === undefined ? [] : ([[locked, pin]] as const);
}

function buttonOf(environmentUrl: string | undefined, { button }: Texts): KnownBlock[] {
  const url = environmentUrl === undefined ? undefined : webAddress(environmentUrl);
  if (url === undefined) return [];
  const text = { type: 'plain_text', text: button.environment, emoji: false } as const;
  return [{ type: 'actions', elements: [{ type: 'button', action_id: 'environment', text, url }] }];
}
