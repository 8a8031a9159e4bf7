/** Untrusted text on one line: without control and direction characters, at most `limit` characters long. */
export function oneLine(text: string, limit: number): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  return shorten(clean, limit);
}

/** Text that stays text in Slack's mrkdwn: no mention, no link, no entity. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A link to a web address under an untrusted label; the label alone where the address is none. */
export function link(address: string, label: string): string {
  if (!URL.canParse(address)) return escapeMrkdwn(label);
  const { href, protocol } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return escapeMrkdwn(label);
  const safe = href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return `<${safe.replaceAll('&', '&amp;')}|${escapeMrkdwn(label.replaceAll('|', '∣'))}>`;
}

/** Cuts at a word if there is one near, and says with … that it did. Never splits a character. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  const kept = space > limit * 0.7 ? cut.slice(0, space) : cut;
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
