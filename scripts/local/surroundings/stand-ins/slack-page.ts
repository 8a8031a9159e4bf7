import type { Reply } from './server.ts';
import type { Answer } from './slack-answer.ts';
import { escapeHtml, renderMessage } from './slack-render.ts';

/** One request that came in and the verdict on it, without tokens. */
export interface Received extends Omit<Answer, 'reply'> {
  /** How the stand-in misbehaved instead of looking at the request. */
  readonly fault?: string;
  readonly received_at: string;
  readonly method: string;
  readonly path: string;
  readonly content_type: string | null;
  readonly status: number;
  readonly accepted: boolean;
}

const style = `
  body { font: 15px/1.45 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1d1c1d }
  article { border: 1px solid #ddd; border-radius: 8px; padding: .6rem 1rem; margin: 1rem 0; overflow-wrap: anywhere }
  article.refused { border-color: #c00; background: #fff5f5 }
  small, .context { color: #616061; font-size: .85rem } h2 { margin: .3rem 0; font-size: 1.1rem }
  .attachment { border-left: 4px solid var(--color, #ddd); padding-left: .8rem }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: .3rem 1rem } .mention { background: #fff3b0 }
  .button { border: 1px solid #bbb; border-radius: 4px; padding: .15rem .6rem; margin-right: .4rem; text-decoration: none }
  code, pre { background: #f4f4f4; border-radius: 3px } pre { white-space: pre-wrap; padding: .4rem } img { max-height: 2rem }`;

/** The messages as people would read them in the channel, newest first; refused ones with the reason. */
export function page(received: readonly Received[]): Reply {
  const articles = latest(received).map(article).reverse();
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Slack stand-in</title>
<style>${style}</style><h1>Slack stand-in</h1>
<p>${articles.length} messages. What was sent, word for word: <a href="/_received">/_received</a></p>
${articles.join('\n')}</html>\n`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** An update takes the place of the message it changes. */
function latest(received: readonly Received[]): Received[] {
  const messages = new Map<string, Received>();
  for (const [index, each] of received.entries()) {
    if ((each.path === '/api/auth.test' && each.accepted) || each.fault) continue;
    messages.set(each.place ? `${each.place.channel} ${each.place.ts}` : String(index), each);
  }
  return [...messages.values()];
}

function article(received: Received): string {
  const { refusal } = received;
  const rendered =
    refusal === undefined
      ? renderMessage(received.payload)
      : `<h2>Refused: ${escapeHtml(refusal.error)}</h2><ul>${refusal.problems.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>
<pre>${escapeHtml(JSON.stringify(received.payload, null, 2))}</pre>`;
  return `<article class="${refusal === undefined ? 'accepted' : 'refused'}">
<small>${escapeHtml(received.received_at)} · ${escapeHtml(received.path)}</small>${rendered}</article>`;
}
