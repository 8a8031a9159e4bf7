import * as z from 'zod/mini';
import { type Finding, severities } from '../finding.ts';
import type { State, Verdict } from '../judge/judge.ts';
import { countsOf, notCheckedName } from './counts.ts';

const states = ['fails', 'reported', 'in the baseline', 'excepted'] as const satisfies State[];

const schema = z.object({
  notChecked: z.record(z.string(), z.string()),
  findings: z.array(
    z.object({
      scan: z.string(),
      kind: z.enum(['vulnerability', 'secret', 'misconfiguration', 'code']),
      id: z.string(),
      package: z.string(),
      file: z.string(),
      line: z.optional(z.number()),
      severity: z.enum(severities),
      fix: z.string(),
      title: z.string(),
      state: z.enum(states),
    }),
  ),
});

/** What a run found, as it keeps it for who makes a baseline. */
export interface KeptFindings {
  /** What scans did not look at, by scan. */
  readonly notChecked: Readonly<Record<string, string>>;
  readonly findings: readonly (Finding & { readonly state: State })[];
}

/** The text of the file `findings.json`. */
export function writeFindings(verdict: Verdict): string {
  const notChecked = Object.fromEntries(
    Object.entries(countsOf(verdict)).flatMap(([scan, { [notCheckedName]: what }]) =>
      what === undefined ? [] : [[scan, what]],
    ),
  );
  const findings = verdict.findings.map(({ finding, state }) => ({ ...finding, state }));
  return `${JSON.stringify({ notChecked, findings })}\n`;
}

/** Reads the file `findings.json`. Throws where it is none. */
export function readFindings(text: string): KeptFindings {
  const { notChecked, findings } = schema.parse(JSON.parse(text));
  return { notChecked, findings: findings.map((each) => ({ ...each, line: each.line })) };
}
