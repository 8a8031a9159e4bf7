const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** A moment beside how far it is from `now`: `2026-01-31 23:59:59Z (5 min ago)`; what is no moment stays as it is. */
export function timeAndDistance(text: string, now: Date): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  const absolute = new Date(time).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  return `${absolute} (${distance(time - now.getTime())})`;
}

/** The moment in a release id, in ISO 8601; '' where there is none. */
export function timeOfRelease(id: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(id)?.slice(1);
  if (parts === undefined) return '';
  const [year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function distance(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  const amount = `${Math.floor(seconds / size)} ${unit}`;
  return milliseconds > 0 ? `in ${amount}` : `${amount} ago`;
}
