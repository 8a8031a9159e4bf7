/** The words for units of time, singular and plural alike. */
export interface Units {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
}

/** A duration in its two largest units, such as `4 min 12 s`; the number and its unit stay on one line. */
export function spell(milliseconds: number, units: Units): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const parts: [number, string][] = [
    [days, units.day],
    [hours % 24, units.hour],
    [minutes % 60, units.minute],
    [seconds % 60, units.second],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return `0\u00a0${units.second}`;
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count}\u00a0${unit}`).join(' ');
}

/** The time of day of a moment in ISO 8601, as the hosts write it; undefined where it is none. */
export function timeOfDay(moment: string | undefined): string | undefined {
  const [, time] = /^\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d)?Z$/.exec(moment ?? '') ?? [];
  return time === undefined ? undefined : `${time}\u00a0UTC`;
}
