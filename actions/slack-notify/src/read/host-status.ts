import * as z from 'zod/mini';

const transaction = z.object({
  phase: z.string(),
  release: z.string(),
  owner: z.string(),
  actor: z.string(),
  runUrl: z.string(),
  deadline: z.string(),
});

const report = z.object({
  host: z.string(),
  /** Id of the live release, '' where there is none. */
  current: z.string(),
  /** '' where it is not known. */
  commit: z.string().check(z.regex(/^[0-9a-f]*$/)),
  transaction: z.optional(transaction),
  hold: z.optional(z.object({ by: z.string(), reason: z.string() })),
  lastTransaction: z.optional(
    z.object({
      outcome: z.enum([
        'confirmed',
        'rolled-back',
        'rolled-back-by-host',
        'taken-down',
        'given-up',
        'failed',
      ]),
      release: z.string(),
      owner: z.string(),
    }),
  ),
  journal: z.optional(
    z.object({
      line: z.number(),
      hash: z.string(),
      recent: z.optional(z.object({ from: z.number(), hashes: z.array(z.string()) })),
    }),
  ),
  releases: z.array(z.object({ id: z.string(), state: z.string() })),
});

const reports = z.array(report).check(z.minLength(1));

/** What a staging host says of itself: what the command `status` of ssh-deploy reports, as far as it is told. */
export type HostReport = z.output<typeof report>;

/** What the staging hosts say of themselves; `unreachable` where they were asked and did not answer. */
export type HostStatus = 'unreachable' | readonly HostReport[];

/** Reads the input `host-status`. Throws where it is neither the output `status` of ssh-deploy nor `unreachable`. */
export function parseHostStatus(text: string): HostStatus {
  return text === 'unreachable' ? text : reports.parse(JSON.parse(text));
}

/** The report that speaks for all hosts; undefined where they do not run the same release. */
export function commonReport(hosts: readonly HostReport[]): HostReport | undefined {
  const [first] = hosts;
  if (hosts.some(({ current }) => current !== first?.current)) return undefined;
  return hosts.find((host) => host.transaction !== undefined) ?? first;
}
