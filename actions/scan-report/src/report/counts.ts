import { severities } from '../finding.ts';
import type { Verdict } from '../judge/judge.ts';

/** Of one scan: how many there are of each severity, and what was not looked at. */
export type Counts = Readonly<Record<string, number | string>>;

/** Under this name a scan says what it did not look at. */
export const notCheckedName = 'not checked';

/** What was found, by scan. A scan that showed nothing has no numbers, since none would be a number too. */
export function countsOf({ scanned, findings, notChecked }: Verdict): Record<string, Counts> {
  return Object.fromEntries(
    scanned.map(({ scan, reading }) => {
      const own = findings.filter(({ finding }) => finding.scan === scan.name);
      const counts = severities.flatMap((severity) => {
        const count = own.filter(({ finding }) => finding.severity === severity).length;
        return count === 0 ? [] : [[severity, count]];
      });
      const lacking = [
        ...(reading.problems.length > 0 ? ['everything'] : []),
        ...notChecked
          .filter((each) => each.scan === scan.name && each.what !== 'everything')
          .map(({ what }) => what),
      ];
      return [
        scan.name,
        {
          ...Object.fromEntries(reading.problems.length > 0 ? [] : counts),
          ...(lacking.length > 0 && { [notCheckedName]: lacking.join(', ') }),
        },
      ];
    }),
  );
}
