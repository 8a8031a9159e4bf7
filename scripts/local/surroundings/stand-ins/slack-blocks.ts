import { z } from 'zod';

// The types of https://docs.slack.dev/reference/block-kit and their limits, as far as a notification
// needs them; like Slack, an unknown type or property is refused.

const plainText = (maximum: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(maximum),
    emoji: z.boolean().optional(),
  });

const markdownText = (maximum: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(maximum),
    verbatim: z.boolean().optional(),
  });

const eitherText = (maximum: number) =>
  z.discriminatedUnion('type', [plainText(maximum), markdownText(maximum)]);

const webAddress = z.url({ protocol: /^https?$/ }).max(3000);
const blockId = { block_id: z.string().min(1).max(255).optional() };

const imageElement = z.strictObject({
  type: z.literal('image'),
  image_url: webAddress,
  alt_text: z.string().min(1).max(2000),
});

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: z.string().min(1).max(255).optional(),
  url: webAddress.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

const section = z
  .strictObject({
    type: z.literal('section'),
    text: eitherText(3000).optional(),
    fields: z.array(eitherText(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [button, imageElement]).optional(),
    expand: z.boolean().optional(),
    ...blockId,
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, {
    error: 'a section needs text or fields',
  });

const block = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('header'), text: plainText(150), ...blockId }),
  z.strictObject({ type: z.literal('divider'), ...blockId }),
  z.strictObject({
    type: z.literal('context'),
    elements: z
      .array(z.discriminatedUnion('type', [imageElement, ...eitherText(3000).options]))
      .min(1)
      .max(10),
    ...blockId,
  }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(z.discriminatedUnion('type', [button]))
      .min(1)
      .max(25),
    ...blockId,
  }),
  z.strictObject({
    type: z.literal('image'),
    image_url: webAddress,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
    ...blockId,
  }),
]);

/** The blocks of one message or attachment. */
export const blocks = z.array(block).max(50).superRefine(refuseDuplicates);

export type Block = z.infer<typeof block>;

function refuseDuplicates(given: readonly Block[], context: z.RefinementCtx<Block[]>): void {
  const blockIds = given.flatMap(({ block_id }) => block_id ?? []);
  const actionIds = given.flatMap((each) => {
    if (each.type === 'actions') return each.elements.flatMap(({ action_id }) => action_id ?? []);
    if (each.type !== 'section' || each.accessory?.type !== 'button') return [];
    return each.accessory.action_id ?? [];
  });
  for (const ids of [blockIds, actionIds])
    for (const id of ids.filter((each, index) => ids.indexOf(each) !== index))
      context.addIssue({ code: 'custom', message: `the id "${id}" is used twice` });
}
