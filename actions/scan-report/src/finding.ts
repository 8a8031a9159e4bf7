/** Of the same words as Trivy; Bandit's are translated. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'] as const;
export type Severity = (typeof severities)[number];

/** Something that a scanner found. */
export interface Finding {
  /** The scan's name. */
  readonly scan: string;
  readonly kind: 'vulnerability' | 'secret' | 'misconfiguration' | 'code';
  /** `CVE-2026-1234`, `DS002`, `B602`, `aws-access-key-id`. */
  readonly id: string;
  /** Whose fault it is, where it is one of a package. */
  readonly package: string;
  /** Where it is; '' for a package of an image's operating system. */
  readonly file: string;
  readonly line: number | undefined;
  readonly severity: Severity;
  /** What mends it: the version of a package; '' where nothing does. */
  readonly fix: string;
  readonly title: string;
}

/** What is the same of a finding whatever line it is on. */
export type FindingKey = Pick<Finding, 'scan' | 'id' | 'package' | 'file'>;

/** The same text for the same finding. */
export function keyOf({ scan, file, package: name, id }: FindingKey): string {
  return JSON.stringify([scan, file, name, id]);
}

/** Where it is, for people. */
export function placeOf({ file, line, package: name }: Finding): string {
  // A line of an image's own configuration is one of a text that nobody has.
  const place = line === undefined || file === '' ? file : `${file}:${line}`;
  return [name, place].filter((part) => part !== '').join(' in ');
}
