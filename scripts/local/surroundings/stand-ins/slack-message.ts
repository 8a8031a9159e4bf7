import { z } from 'zod';
import type { Refusal } from './slack-answer.ts';
import { blocks } from './slack-blocks.ts';

const longestText = 40_000;
// Not documented; measured by others (https://github.com/slackapi/bolt-js/issues/2509).
const longestBlocks = 13_172;
// A form has no booleans.
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]);

/** What a message may hold, whether it comes to a webhook or to the Web API; other keys are left alone. */
export const message = z.looseObject({
  text: z.string().optional(),
  unfurl_links: flag.optional(),
  unfurl_media: flag.optional(),
  mrkdwn: flag.optional(),
  link_names: flag.optional(),
  reply_broadcast: flag.optional(),
  blocks: blocks.optional(),
  attachments: z
    .array(
      z.strictObject({
        color: z
          .string()
          .regex(/^(#[0-9A-Fa-f]{6}|good|warning|danger)$/)
          .optional(),
        fallback: z.string().optional(),
        text: z.string().optional(),
        blocks: blocks.optional(),
      }),
    )
    .max(100)
    .optional(),
  thread_ts: z
    .string()
    .regex(/^\d{10}\.\d{6}$/)
    .optional(),
});

export type Message = z.infer<typeof message>;

/** Why Slack would refuse a message, or `undefined` where it would take it. */
export function refusalOf(payload: unknown): Refusal | undefined {
  const parsed = message.safeParse(payload);
  if (!parsed.success) {
    const { issues } = parsed.error;
    const problems = issues.map(
      ({ path, message: why }) => `${why} [json-pointer:/${path.join('/')}]`,
    );
    return { error: codeOf(issues[0]?.path[0]), problems };
  }
  const { text = '', blocks: given = [], attachments = [] } = parsed.data;
  if (text.length > longestText)
    return {
      error: 'msg_too_long',
      problems: [`${text.length} characters; ${longestText} are allowed`],
    };
  const length = JSON.stringify(given).length;
  if (length > longestBlocks)
    return {
      error: 'msg_blocks_too_long',
      problems: [`blocks of ${length} characters; ${longestBlocks} are allowed`],
    };
  if (text === '' && given.length === 0 && attachments.length === 0)
    return { error: 'no_text', problems: ['without blocks and attachments a message needs text'] };
  return undefined;
}

function codeOf(field: PropertyKey | undefined): string {
  if (field === 'blocks') return 'invalid_blocks';
  if (field === 'attachments') return 'invalid_attachments';
  if (field === 'thread_ts') return 'invalid_thread_ts';
  return 'invalid_payload';
}
