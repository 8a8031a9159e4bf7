import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { fails } from '../src/judge/gate.ts';
import { readBandit } from '../src/read/bandit.ts';
import { readDatabase } from '../src/read/database.ts';
import { readTrivy } from '../src/read/trivy.ts';
import { withoutConfiguration } from '../src/run/without-configuration.ts';
import type { BanditScan, ImageScan, RepositoryScan } from '../src/scan.ts';

/** Reports that Trivy 0.65 and Bandit 1.9 wrote; tests/scan runs both. */
const recorded = (name: string) =>
  readFile(new URL(`reports/${name}.json`, import.meta.url), 'utf8');

const image: ImageScan = {
  ...{ kind: 'image', name: 'api', own: true, login: false, distribution: true },
  packages: ['python-pkg'],
  image: JSON.parse(await recorded('api')).ArtifactName,
};
const repository: RepositoryScan = {
  ...{ kind: 'repository', name: 'repository', skip: [] },
  ...{ packages: ['pip'], files: ['api/Dockerfile'] },
};
const code: BanditScan = {
  ...{ kind: 'bandit', name: 'code', folder: 'api', paths: ['app'] },
  ...{ configuration: undefined, severity: 'HIGH' },
};

it('are read as findings, with what shows that the scanner has looked', async () => {
  const ofImage = readTrivy(await recorded('api'), image);
  expect(ofImage.problems).toEqual([]);
  expect(ofImage.seen).toContain('debian 12.5, 3 packages');
  const told = ofImage.findings.map(({ kind, id, package: name, fix }) => [kind, id, name, fix]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['vulnerability', 'CVE-2099-0001', 'zlib1g', '1:1.3'],
      ['vulnerability', 'CVE-2099-0002', 'libc6', ''],
      ['secret', 'aws-access-key-id', '', ''],
    ]),
  );
  const ofTree = readTrivy(await recorded('repository'), repository);
  expect(ofTree.problems).toEqual([]);
  expect(ofTree.findings).toContainEqual(
    expect.objectContaining({ id: 'DS002', file: 'api/Dockerfile', severity: 'HIGH' }),
  );
  const ofCode = readBandit(await recorded('code'), code);
  expect(ofCode.problems).toEqual([]);
  expect(ofCode.findings).toContainEqual(
    expect.objectContaining({ id: 'B602', file: 'api/app/main.py', line: 5, severity: 'HIGH' }),
  );
});

it('fail on what can be mended, on each secret, and on no settings of others', async () => {
  const gate = { severities: new Set(['HIGH', 'CRITICAL'] as const), ignoreUnfixed: true };
  const failing = async (scan: ImageScan, given = gate) =>
    readTrivy(await recorded('api'), scan)
      .findings.filter((finding) => fails(finding, scan, given))
      .map(({ id }) => id);
  expect(await failing(image)).toEqual(
    expect.arrayContaining(['CVE-2099-0001', 'aws-access-key-id']),
  );
  expect(await failing(image)).not.toContain('CVE-2099-0002');
  expect(await failing(image, { ...gate, ignoreUnfixed: false })).toContain('CVE-2099-0002');
  const nothing = { ...gate, severities: new Set<never>() };
  expect(await failing(image, nothing)).toEqual(['aws-access-key-id']);
});

it.each<[string, (report: { Results?: unknown; Metadata: { OS: object } }) => unknown, string]>([
  ['no package', (report) => delete report.Results, 'no package of debian 12.5 is listed'],
  [
    'a distribution past its end',
    (report) => Object.assign(report.Metadata.OS, { EOSL: true }),
    'is past its end',
  ],
  [
    'another image',
    (report) => Object.assign(report.Metadata, { RepoDigests: [`x@sha256:${'0'.repeat(64)}`] }),
    'not about localhost:5000/shop/api@sha256:',
  ],
  ['another schema', (report) => Object.assign(report, { SchemaVersion: 3 }), 'not one of Trivy'],
])('are no proof with %s', async (_, change, problem) => {
  const report = JSON.parse(await recorded('api'));
  change(report);
  expect(readTrivy(JSON.stringify(report), image).problems.join('\n')).toContain(problem);
});

it('are kept without the environment and the history of an image', async () => {
  const report = JSON.parse(await recorded('api'));
  report.Metadata.ImageConfig = {
    config: { Env: ['TOKEN=s3cret'] },
    history: [{ created_by: 's3cret' }],
  };
  report.Results[0].Misconfigurations = [
    {
      ID: 'DS002',
      Status: 'FAIL',
      CauseMetadata: { StartLine: 2, Code: { Lines: [{ Content: 's3cret' }] } },
    },
  ];
  const kept = withoutConfiguration(JSON.stringify(report));
  expect(kept).not.toContain('s3cret');
  expect(readTrivy(kept, image).findings).toEqual(
    readTrivy(JSON.stringify(report), image).findings,
  );
  expect(withoutConfiguration('{"SchemaVersion": 2, "Art')).toBe('{"SchemaVersion": 2, "Art');
});

it.each([
  ['2026-11-25T00:00:01Z', undefined],
  [
    '2026-11-24T00:00:00Z',
    'the database of known vulnerabilities is 7 days old; a newer one cannot be had: no network',
  ],
  ['never', 'there is no database of known vulnerabilities; it cannot be had: no network'],
])('a database of %s', (updated, problem) => {
  const version = JSON.stringify({ VulnerabilityDB: { UpdatedAt: updated } });
  const now = new Date('2026-12-01T00:00:00Z');
  expect(readDatabase(version, 'no network', now).problem).toBe(problem);
});
