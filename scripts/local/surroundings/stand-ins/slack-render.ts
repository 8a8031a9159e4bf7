import type { Block } from './slack-blocks.ts';
import { type Message, message } from './slack-message.ts';

type Text = { readonly type: 'plain_text' | 'mrkdwn'; readonly text: string };

const emoji: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  x: '❌',
  warning: '⚠️',
  rocket: '🚀',
  rotating_light: '🚨',
  hourglass_flowing_sand: '⏳',
  leftwards_arrow_with_hook: '↩️',
};

/** HTML of a message that was accepted; like Slack it shows the blocks and not `text` where there are any. */
export function renderMessage(payload: unknown): string {
  const { text, blocks, attachments } = message.parse(payload);
  return renderContent({ text, blocks }) + (attachments ?? []).map(renderAttachment).join('');
}

/** Text made harmless in HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function renderAttachment(attachment: NonNullable<Message['attachments']>[number]): string {
  const color = attachment.color?.startsWith('#') ? `style="--color:${attachment.color}"` : '';
  return `<div class="attachment" ${color}>${renderContent(attachment)}</div>`;
}

function renderContent({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  if (blocks !== undefined && blocks.length > 0) return blocks.map(renderBlock).join('');
  return `<p>${markup(text ?? '')}</p>`;
}

function renderBlock(block: Block): string {
  switch (block.type) {
    case 'header':
      return `<h2>${renderText(block.text)}</h2>`;
    case 'divider':
      return '<hr>';
    case 'image':
      return `<p>${renderElement(block)}</p>`;
    case 'context':
      return `<p class="context">${block.elements.map(renderElement).join(' ')}</p>`;
    case 'actions':
      return `<p>${block.elements.map(renderElement).join('')}</p>`;
    case 'section': {
      const fields = (block.fields ?? []).map((field) => `<div>${renderText(field)}</div>`);
      return [
        block.text && `<p>${renderText(block.text)}</p>`,
        fields.length > 0 && `<div class="fields">${fields.join('')}</div>`,
        block.accessory && `<p>${renderElement(block.accessory)}</p>`,
      ]
        .filter(Boolean)
        .join('');
    }
  }
}

type Element =
  | Text
  | { readonly type: 'image'; readonly image_url: string; readonly alt_text: string }
  | { readonly type: 'button'; readonly text: Text; readonly url?: string | undefined };

function renderElement(element: Element): string {
  if (element.type === 'image')
    return `<img src="${escapeHtml(element.image_url)}" alt="${escapeHtml(element.alt_text)}">`;
  if (element.type !== 'button') return `<span>${renderText(element)}</span>`;
  const label = renderText(element.text);
  return element.url === undefined
    ? `<span class="button">${label}</span>`
    : `<a class="button" href="${escapeHtml(element.url)}">${label}</a>`;
}

function renderText({ type, text }: Text): string {
  return type === 'mrkdwn' ? markup(text) : withEmoji(escapeHtml(text));
}

/** Slack's mrkdwn as HTML. Between angle brackets are links and mentions; the rest is text. */
function markup(text: string): string {
  return text
    .split(/(<[^<>\n]+>)/)
    .map((part) => (/^<.+>$/s.test(part) ? reference(part.slice(1, -1)) : inline(part)))
    .join('');
}

function reference(content: string): string {
  const [target = '', label = target] = content.split(/\|(.*)/s);
  if (/^[@#!]/.test(target)) return `<b class="mention">${escapeHtml(content)}</b>`;
  const shown = withEmoji(escapeHtml(unescapeSlack(label)));
  if (!/^(https?:|mailto:)/.test(target)) return shown;
  return `<a href="${escapeHtml(unescapeSlack(target))}">${shown}</a>`;
}

function inline(text: string): string {
  const html = escapeHtml(unescapeSlack(text))
    .replace(/```(.+?)```/gs, '<pre>$1</pre>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/(?<!\w)\*([^*\n]+)\*(?!\w)/g, '<b>$1</b>')
    .replace(/(?<!\w)_([^_\n]+)_(?!\w)/g, '<i>$1</i>')
    .replace(/(?<!\w)~([^~\n]+)~(?!\w)/g, '<s>$1</s>')
    .replaceAll('\n', '<br>');
  return withEmoji(html);
}

/** Senders write `& < >` as entities, and only these. */
function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function withEmoji(html: string): string {
  return html.replace(/:([a-z0-9_+-]+):/g, (code, name: string) => emoji[name] ?? code);
}
