import * as z from 'zod/mini';

/** How old Trivy's database of known vulnerabilities may be, in days. */
export const oldest = 7;

const schema = z.object({
  VulnerabilityDB: z.optional(z.object({ UpdatedAt: z.string() })),
});

/** The database of known vulnerabilities: when it was made, or why there is none that counts. */
export interface Database {
  /** Whether there is one to scan with. */
  readonly usable: boolean;
  /** Undefined where it is fresh enough. */
  readonly problem: string | undefined;
  readonly seen: string;
}

/** Reads what `trivy version --format json` says. `why` is why no newer one could be had, '' where it could. */
export function readDatabase(version: string, why: string, now: Date): Database {
  const updated = Date.parse(updatedIn(version) ?? '');
  const because = why === '' ? '' : `; a newer one cannot be had: ${why}`;
  if (Number.isNaN(updated))
    return {
      usable: false,
      problem: `there is no database of known vulnerabilities${because.replace('a newer one', 'it')}`,
      seen: 'none',
    };
  const days = Math.floor((now.getTime() - updated) / 86_400_000);
  const seen = `of ${new Date(updated).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const problem =
    days < oldest
      ? undefined
      : `the database of known vulnerabilities is ${days} days old${because}`;
  return { usable: true, problem, seen };
}

function updatedIn(version: string): string | undefined {
  try {
    return schema.parse(JSON.parse(version)).VulnerabilityDB?.UpdatedAt;
  } catch {
    return undefined;
  }
}
