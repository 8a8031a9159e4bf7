import { DefinitionError } from '../typed/definition-error.ts';

/** A finding that fails nothing for a time. */
export type ScanException = {
  /** What the scanner calls it: `CVE-2026-1234`, `DS002`, `B602`. */
  readonly id: string;
  /** Why it may stay. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, 90 days ahead at most. */
  readonly expires: `${number}-${number}-${number}`;
} & (
  | { readonly package: string; readonly file?: string }
  | { readonly file: string; readonly package?: string }
);

const mostDays = 90;
const day = 86_400_000;

/** Throws `DefinitionError` for exceptions that have ended, hold for too long, or are not explained. */
export function demandExceptions(exceptions: readonly ScanException[], now = Date.now()): void {
  const faults = exceptions.flatMap((exception) => {
    const fault = faultOf(exception, now);
    return fault === undefined ? [] : [`the exception for ${exception.id} ${fault}`];
  });
  if (faults.length > 0) throw new DefinitionError(faults.join('\n'));
}

function faultOf({ id, reason, owner, expires }: ScanException, now: number): string | undefined {
  const end = Date.parse(`${expires}T23:59:59Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(expires) || Number.isNaN(end))
    return `ends on ${expires}, which is no day such as 2026-03-31`;
  if (end < now) return `has ended on ${expires}: mend it, or say anew why not`;
  if (end - now > (mostDays + 1) * day) return `ends on ${expires}: ${mostDays} days are the most`;
  if ([id, reason, owner].some((text) => text.trim() === ''))
    return 'lacks its reason or its owner';
  return undefined;
}
