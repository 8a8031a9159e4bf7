import type { Message } from '../src/render/message.ts';

/** What a person reads, a line for each text, as the message shows it. */
export function read({ blocks }: Message): string {
  const lines: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { text, url, type } = value as Record<string, unknown>;
    if (type === 'button') lines.push(`[${(text as { text: string }).text}] ${url}`);
    else if (typeof text === 'string') lines.push(text);
    else for (const inner of Object.values(value)) visit(inner);
  };
  blocks.forEach(visit);
  return lines.join('\n');
}
