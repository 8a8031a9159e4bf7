import * as z from 'zod/mini';
import { type Finding, keyOf } from '../finding.ts';

/** The most days that an exception may be ahead of its end. */
export const mostDays = 90;

const said = (what: string) => z.string().check(z.minLength(1, `must say ${what}`));

export const exceptionsSchema = z.array(
  z.strictObject({
    id: said('which finding it is about'),
    package: z.optional(z.string()),
    file: z.optional(z.string()),
    reason: said('why it is one'),
    owner: said('who answers for it'),
    expires: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-03-31')),
  }),
);

/** A finding that fails nothing for a time. */
export type Exception = z.output<typeof exceptionsSchema>[number];

/** What exceptions do to findings. */
export interface Excepted {
  /** The findings that they take out, by `keyOf`. */
  readonly keys: ReadonlySet<string>;
  /** What is wrong with them. */
  readonly problems: readonly string[];
}

/**
 * Takes findings out that an exception is made for. An exception that has ended takes nothing out; one that takes nothing
 * out is wrong where everything was checked (`complete`).
 */
export function except(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  { now, complete }: { readonly now: Date; readonly complete: boolean },
): Excepted {
  const keys = new Set<string>();
  const problems: string[] = [];
  for (const exception of exceptions) {
    const fault = faultOf(exception, now);
    if (fault !== undefined) {
      problems.push(`the exception for ${titleOf(exception)} ${fault}`);
      continue;
    }
    const found = findings.filter((finding) => isFor(exception, finding));
    for (const finding of found) keys.add(keyOf(finding));
    if (found.length === 0 && complete)
      problems.push(
        `the exception for ${titleOf(exception)} is not used any more: take it out of the settings`,
      );
  }
  return { keys, problems };
}

/** What is wrong with an exception by itself; undefined where it holds. */
export function faultOf(
  { package: name, file, expires, reason, owner }: Exception,
  now: Date,
): string | undefined {
  const end = Date.parse(`${expires}T23:59:59Z`);
  if (Number.isNaN(end)) return `ends on ${expires}, which is no day`;
  if (end < now.getTime()) return `has ended on ${expires}: mend it, or say anew why not`;
  if (end - now.getTime() > (mostDays + 1) * 86_400_000)
    return `ends on ${expires}: ${mostDays} days are the most`;
  if ((name ?? '') === '' && (file ?? '') === '') return 'names neither a package nor a file';
  if (reason.trim() === '' || owner.trim() === '') return 'lacks its reason or its owner';
  return undefined;
}

function isFor({ id, package: name, file }: Exception, finding: Finding): boolean {
  return (
    finding.id === id &&
    (name === undefined || finding.package === name) &&
    (file === undefined || finding.file === file)
  );
}

function titleOf({ id, package: name, file }: Exception): string {
  const where = [name, file].filter((each) => each).join(' in ');
  return where === '' ? id : `${id} in ${where}`;
}
