import type { KnownBlock } from '@slack/web-api';
import type { Message } from './message.ts';

// Slack refuses a message whose blocks have some 13,200 characters together, counted with what is around the texts; by
// how much it is not documented (slackapi/bolt-js#2509), so this stays below. It takes 50 blocks.
const longestBlocks = 12_000;
const mostBlocks = 50;

/** A message that Slack takes, and how many blocks of it had to be left out. */
export interface Fitted {
  readonly message: Message;
  readonly leftOut: number;
}

/**
 * Leaves out the last blocks, details coming last, until the rest is short enough for Slack, be it for a webhook or for a
 * bot. The headline and the buttons stay.
 */
export function fitted(message: Message): Fitted {
  const blocks = [...message.blocks];
  while (blocks.length > mostBlocks || lengthOf(blocks) > longestBlocks) {
    const last = blocks.findLastIndex(({ type }) => type !== 'header' && type !== 'actions');
    if (last < 0) break;
    blocks.splice(last, 1);
  }
  const leftOut = message.blocks.length - blocks.length;
  return leftOut === 0 ? { message, leftOut } : { message: { ...message, blocks }, leftOut };
}

function lengthOf(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}
