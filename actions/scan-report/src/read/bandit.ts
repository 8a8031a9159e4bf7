import { posix } from 'node:path';
import * as z from 'zod/mini';
import type { Finding, Severity } from '../finding.ts';
import type { BanditScan } from '../scan.ts';
import { parseReport, type Reading, unreadable } from './report.ts';

/** What Bandit 1.7 and newer write with `--format json`. */
const schema = z.object({
  errors: z.array(z.object({ filename: z.string(), reason: z.string() })),
  metrics: z.record(z.string(), z.object({ loc: z.number() })),
  results: z.array(
    z.object({
      filename: z.string(),
      line_number: z.number(),
      test_id: z.string(),
      test_name: z.string(),
      issue_severity: z.string(),
      issue_text: z.string(),
    }),
  ),
});

const ofBandit: Readonly<Record<string, Severity>> = { HIGH: 'HIGH', MEDIUM: 'MEDIUM', LOW: 'LOW' };

/** Reads Bandit's report, and what must be in it if Bandit has read the code. */
export function readBandit(report: string, scan: BanditScan): Reading {
  const parsed = parseReport(report);
  if ('problem' in parsed) return unreadable(parsed.problem);
  const read = schema.safeParse(parsed.data);
  if (!read.success) return unreadable('the report is not one of Bandit');
  const { errors, metrics, results } = read.data;
  const files = Object.keys(metrics)
    .filter((file) => file !== '_totals')
    .map((file) => posix.normalize(file));
  const unread = scan.paths.filter((path) => !files.some((file) => isIn(file, path)));
  const empty = metrics._totals === undefined || metrics._totals.loc === 0;
  return {
    findings: results.map((each) => findingOf(each, scan)),
    problems: [
      ...unread.map((path) => `Bandit has read no file in ${path}`),
      ...(empty && unread.length === 0 ? ['Bandit has read no line of code'] : []),
      ...errors.map(({ filename, reason }) => `Bandit could not read ${filename}: ${reason}`),
    ],
    seen: `${files.length} files of Python, ${metrics._totals?.loc ?? 0} lines`,
  };
}

function isIn(file: string, path: string): boolean {
  const folder = posix.normalize(path).replace(/\/$/, '');
  return folder === '.' || file === folder || file.startsWith(`${folder}/`);
}

function findingOf(
  found: z.output<typeof schema>['results'][number],
  { name, folder }: BanditScan,
): Finding {
  return {
    scan: name,
    kind: 'code',
    id: found.test_id,
    package: '',
    file: posix.join(folder, found.filename),
    line: found.line_number,
    severity: ofBandit[found.issue_severity] ?? 'UNKNOWN',
    fix: '',
    title: found.issue_text,
  };
}
