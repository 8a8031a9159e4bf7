import * as z from 'zod/mini';
import { type Finding, type Severity, severities } from '../finding.ts';
import type { ImageScan, RepositoryScan } from '../scan.ts';
import { parseReport, type Reading, unreadable } from './report.ts';

const severity = z.pipe(
  z.optional(z.string()),
  z.transform((text): Severity => severities.find((each) => each === text) ?? 'UNKNOWN'),
);
const text = z._default(z.string(), '');
const line = z.optional(z.number());
const listOf = <Of extends z.ZodMiniType>(item: Of) => z._default(z.nullable(z.array(item)), []);

const result = z.object({
  Target: z.string(),
  Class: text,
  Type: text,
  Packages: listOf(z.unknown()),
  Vulnerabilities: listOf(
    z.object({
      VulnerabilityID: z.string(),
      PkgName: z.string(),
      PkgPath: text,
      FixedVersion: text,
      Severity: severity,
      Title: text,
    }),
  ),
  Misconfigurations: listOf(
    z.object({
      ID: z.string(),
      Severity: severity,
      Status: text,
      Title: text,
      Resolution: text,
      CauseMetadata: z._default(z.object({ StartLine: line }), {}),
    }),
  ),
  Secrets: listOf(
    z.object({ RuleID: z.string(), Severity: severity, Title: text, StartLine: line }),
  ),
});

/** What Trivy 0.35 and newer write with `--format json`. */
const schema = z.object({
  SchemaVersion: z.literal(2),
  ArtifactName: z.string(),
  ArtifactType: text,
  Metadata: z._default(
    z.object({
      OS: z.optional(z.object({ Family: text, Name: text, EOSL: z._default(z.boolean(), false) })),
      RepoDigests: listOf(z.string()),
    }),
    {} as never,
  ),
  Results: listOf(result),
});

type Report = z.output<typeof schema>;
type Result = z.output<typeof result>;

/** Reads Trivy's report of a scan, and what must be in it if Trivy has looked. */
export function readTrivy(report: string, scan: ImageScan | RepositoryScan): Reading {
  const parsed = parseReport(report);
  if ('problem' in parsed) return unreadable(parsed.problem);
  const read = schema.safeParse(parsed.data);
  if (!read.success) return unreadable('the report is not one of Trivy (schema version 2)');
  const results = read.data.Results ?? [];
  const problems =
    scan.kind === 'image' ? imageProblems(read.data, scan) : repositoryProblems(read.data, scan);
  const missing = scan.packages.filter((type) => packagesOf(results, type) === 0);
  return {
    findings: results.flatMap((each) => findingsOf(each, scan)),
    problems: [
      ...problems,
      ...missing.map((type) => `no package of the type ${type} is listed, and some are expected`),
    ],
    seen: seenIn(read.data, results),
  };
}

function imageProblems({ Metadata, ArtifactName, Results }: Report, scan: ImageScan): string[] {
  const [, digest] = /@(sha256:[0-9a-f]{64})$/.exec(scan.image) ?? [];
  const digests = Metadata.RepoDigests ?? [];
  const isAnother =
    digest === undefined
      ? ArtifactName !== scan.image
      : !digests.some((each) => each.endsWith(`@${digest}`));
  const another = isAnother
    ? [`the report is about ${digests[0] ?? ArtifactName}, not about ${scan.image}`]
    : [];
  if (!scan.distribution) return another;
  const { OS: os } = Metadata;
  if (os === undefined || os.Family === '' || os.Family === 'none')
    return [...another, 'Trivy does not know its distribution, so it checked no package of it'];
  const name = `${os.Family} ${os.Name}`;
  return [
    ...another,
    ...(os.EOSL ? [`its distribution ${name} is past its end: nobody reports its faults`] : []),
    ...((Results ?? []).some(({ Class, Packages }) => Class === 'os-pkgs' && Packages?.length)
      ? []
      : [`no package of ${name} is listed`]),
  ];
}

function repositoryProblems({ ArtifactType, Results }: Report, scan: RepositoryScan): string[] {
  if (ArtifactType !== 'filesystem' && ArtifactType !== 'repository')
    return [`the report is about something of the kind ${ArtifactType}, not about the repository`];
  const targets = new Set(
    (Results ?? []).filter(({ Class }) => Class === 'config').map(({ Target }) => Target),
  );
  return scan.files.filter((file) => !targets.has(file)).map((file) => `${file} was not looked at`);
}

function packagesOf(results: readonly Result[], type: string): number {
  return results
    .filter(({ Class, Type }) => Class === 'lang-pkgs' && Type === type)
    .reduce((sum, { Packages }) => sum + (Packages?.length ?? 0), 0);
}

function seenIn({ Metadata: { OS: os } }: Report, results: readonly Result[]): string {
  const packages = results.reduce((sum, { Packages }) => sum + (Packages?.length ?? 0), 0);
  const files = results.filter(({ Class }) => Class === 'config').length;
  return [
    ...(os ? [`${os.Family} ${os.Name}`] : []),
    `${packages} packages`,
    ...(files > 0 ? [`${files} files with settings`] : []),
  ].join(', ');
}

function findingsOf(found: Result, scan: ImageScan | RepositoryScan): Finding[] {
  const { Target, Class, Vulnerabilities, Misconfigurations, Secrets } = found;
  // A target that is the image itself bears its name, which is another for each build.
  const file = scan.kind === 'image' && Target.startsWith(scan.image) ? '' : Target;
  const ofPackage = Class === 'os-pkgs' ? '' : file;
  return [
    ...(Vulnerabilities ?? []).map((each) => ({
      ...{ scan: scan.name, kind: 'vulnerability' as const, id: each.VulnerabilityID },
      ...{ package: each.PkgName, file: each.PkgPath || ofPackage, line: undefined },
      ...{ severity: each.Severity, fix: each.FixedVersion, title: each.Title },
    })),
    ...(Misconfigurations ?? [])
      .filter(({ Status }) => Status === 'FAIL')
      .map((each) => ({
        ...{ scan: scan.name, kind: 'misconfiguration' as const, id: each.ID, package: '', file },
        ...{ line: each.CauseMetadata.StartLine || undefined, severity: each.Severity },
        ...{ fix: each.Resolution, title: each.Title },
      })),
    ...(Secrets ?? []).map((each) => ({
      ...{ scan: scan.name, kind: 'secret' as const, id: each.RuleID, package: '', file },
      ...{ line: each.StartLine || undefined, severity: each.Severity, fix: '', title: each.Title },
    })),
  ];
}
