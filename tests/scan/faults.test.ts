import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  debian,
  type ImageRegistry,
  pythonPackage,
  startRegistry,
  type TestImage,
} from './image-registry.ts';
import { type Advisory, openScanning, type Scanning } from './scanning.ts';

/** The action with the real Trivy and Bandit, on faults that were put where they look. */

const zlib: Advisory = {
  ...{ ID: 'CVE-2099-0001', Title: 'A hole in zlib', Severity: 'HIGH' },
  ...{ Source: 'debian 12', Package: 'zlib1g', Fixed: '1:1.3' },
};
const unfixed: Advisory = {
  ...{ ID: 'CVE-2099-0002', Title: 'Nobody has mended it', Severity: 'CRITICAL' },
  ...{ Source: 'debian 12', Package: 'libc6', Fixed: '' },
};
const fastapi: Advisory = {
  ...{ ID: 'CVE-2099-0003', Title: 'A hole in FastAPI', Severity: 'CRITICAL' },
  ...{ Source: 'pip::GitHub Security Advisory Pip', Package: 'fastapi' },
  ...{ Fixed: '0.200.0', Vulnerable: '<0.200.0' },
};
const good = debian({ libc6: '2.36-9', zlib1g: '1:1.2.13' });
const application = { ...good, ...pythonPackage('fastapi', '0.165.0') };
const key = `AKIA${'IOSFODNN7EXAMPLZ'}`;

let scanning: Scanning;
let registry: ImageRegistry;
beforeAll(async () => {
  scanning = await openScanning();
  registry = await startRegistry();
});
afterAll(async () => {
  await scanning?.[Symbol.asyncDispose]();
  await registry?.[Symbol.asyncDispose]();
});

const api = async (image: Partial<TestImage> = {}) => ({
  ...{ kind: 'image', name: 'api', own: true, packages: ['python-pkg'] },
  image: await registry.push('api', { files: application, ...image }),
});
const nginx = async (image: Partial<TestImage> = {}) => ({
  ...{
    kind: 'image',
    name: 'nginx',
    image: await registry.push('nginx', { files: good, ...image }),
  },
});
const repository = { kind: 'repository', name: 'repository' };
const code = { kind: 'bandit', name: 'code', folder: 'api', paths: ['app'] };

it('nothing is wrong: it says what it looked at, and keeps each report as SARIF of a category of its own', async () => {
  await scanning.write({
    'api/app/main.py': 'print("hello")\n',
    'api/Dockerfile': 'FROM debian:12\nUSER 10001\nHEALTHCHECK CMD true\n',
    'requirements.txt': 'fastapi==0.165.0\n',
  });
  await scanning.database([unfixed]);
  const lockFiles = { ...repository, packages: ['pip'], files: ['api/Dockerfile'] };
  const run = await scanning.scan([code, lockFiles, await api(), await nginx()]);
  expect(run.log).not.toContain('::error');
  expect(run.exitCode).toBe(0);
  expect(run.outputs.verdict).toBe('passed');
  expect(JSON.parse(run.outputs.counts ?? '')).toEqual({
    code: {},
    repository: {},
    // Reported, and without a fix.
    api: { CRITICAL: 1 },
    nginx: { CRITICAL: 1 },
  });
  expect(run.summary).toContain('1 files of Python, 1 lines');
  expect(run.summary).toContain('debian 12.5, 3 packages');
  for (const [name, tool] of Object.entries({
    code: 'bandit',
    api: 'trivy',
    repository: 'trivy',
  })) {
    const sarif = JSON.parse(await scanning.report(`sarif/${name}.sarif`));
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].automationDetails.id).toBe(`${tool}/${name}/`);
  }
  const sbom = JSON.parse(await scanning.report('sbom/api.cdx.json'));
  expect(sbom.bomFormat).toBe('CycloneDX');
  const names = sbom.components.map(({ name }: { readonly name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['libc6', 'zlib1g', 'fastapi']));
});

describe('what must not be deployed', () => {
  beforeEach(async () => {
    await scanning.write({
      'api/app/main.py': 'print("hello")\n',
      'api/Dockerfile': 'FROM debian:12\nUSER 10001\nHEALTHCHECK CMD true\n',
    });
    await scanning.database([zlib, unfixed, fastapi]);
  });
  const patched = debian({ libc6: '2.36-9', zlib1g: '1:1.3' });

  it.each<[string, () => Promise<object>, string]>([
    [
      'a vulnerable package of the application',
      () => api({ files: { ...patched, ...pythonPackage('fastapi', '0.165.0') } }),
      'api: CRITICAL CVE-2099-0003 in fastapi in opt/venv/lib/python3.11/site-packages/fastapi-0.165.0.dist-info/METADATA, mended by 0.200.0: A hole in FastAPI',
    ],
    [
      'a vulnerable package of an image that others made',
      () => nginx(),
      'nginx: HIGH CVE-2099-0001 in zlib1g, mended by 1:1.3: A hole in zlib',
    ],
    [
      'a secret in a layer',
      () => nginx({ files: { ...patched, 'srv/settings.ini': `aws_key = ${key}\n` } }),
      'nginx: CRITICAL aws-access-key-id in /srv/settings.ini:1',
    ],
    [
      'a secret in the environment of an image',
      () => nginx({ files: patched, env: [`AWS_ACCESS_KEY_ID=${key}`] }),
      'nginx: CRITICAL aws-access-key-id in the settings of the image',
    ],
    [
      'a secret in the history of an image',
      () => nginx({ files: patched, madeBy: `RUN export AWS_ACCESS_KEY_ID=${key} && make` }),
      'nginx: CRITICAL aws-access-key-id',
    ],
    [
      'an image of ours that runs as root',
      () => api({ files: { ...patched, ...pythonPackage('fastapi', '0.200.0') }, user: 'root' }),
      'api: HIGH DS002',
    ],
    [
      'a distribution past its end',
      () => nginx({ files: debian({ libc6: '2.19' }, { version: '8', codename: 'jessie' }) }),
      'nginx: its distribution debian 8.5 is past its end',
    ],
    [
      'an image without the packages of a distribution',
      () => nginx({ files: { 'srv/program': 'x' } }),
      'nginx: Trivy does not know its distribution',
    ],
    [
      'an application whose packages are not seen',
      () => api({ files: patched }),
      'api: no package of the type python-pkg is listed',
    ],
  ])('%s', async (_, image, message) => {
    const run = await scanning.scan([await image()]);
    expect(run.log).toContain(message);
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('failed');
    // Nobody prints the secret, nor keeps it: the environment and the history of an image are in Trivy's own report.
    const kept = await scanning.reports();
    expect(kept.length).toBeGreaterThan(100);
    expect(run.log + run.summary + kept).not.toContain(key);
  });

  it.each<[string, object, Readonly<Record<string, string>>, string]>([
    [
      'a secret in the tree',
      repository,
      { 'api/app/main.py': `KEY = "${key}"\n` },
      'repository: CRITICAL aws-access-key-id in api/app/main.py:1',
    ],
    [
      'a Dockerfile that leaves root',
      repository,
      { 'api/Dockerfile': 'FROM debian:12\nHEALTHCHECK CMD true\n' },
      'repository: HIGH DS002 in api/Dockerfile',
    ],
    [
      'a shell that takes what comes',
      code,
      {
        'api/app/main.py':
          'import subprocess\n\ndef run(text):\n    subprocess.run(text, shell=True)\n',
      },
      'code: HIGH B602 in api/app/main.py:4',
    ],
    [
      'code that Bandit cannot read',
      code,
      { 'api/app/main.py': 'def broken(:\n' },
      'code: Bandit could not read app/main.py: syntax error',
    ],
    [
      'a Dockerfile of another name that leaves root',
      { ...repository, files: ['api/image.build'] },
      { 'api/image.build': 'FROM debian:12\nHEALTHCHECK CMD true\n' },
      'repository: HIGH DS002 in api/image.build',
    ],
    [
      'a folder without code',
      { ...code, paths: ['app', 'lib'] },
      {},
      'code: Bandit has read no file in lib',
    ],
    [
      'a Dockerfile that was not looked at',
      { ...repository, files: ['worker/Dockerfile'] },
      {},
      'repository: worker/Dockerfile was not looked at',
    ],
  ])('%s', async (_, scan, files, message) => {
    await scanning.write(files);
    const run = await scanning.scan([scan]);
    expect(run.log).toContain(message);
    expect(run.exitCode).toBe(1);
    expect(run.log + run.summary + (await scanning.reports())).not.toContain(key);
  });
});

describe('a scanner that did not work', () => {
  it('a database that is eight days old, and nobody who has a newer one', async () => {
    await scanning.database([], '192h');
    const run = await scanning.scan([await nginx()]);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the database of known vulnerabilities is 8 days old');
  });

  it('no database: it fails, or is told as not checked where it may lack, and never as none', async () => {
    await scanning.withoutDatabase();
    const image = await nginx();
    const failed = await scanning.scan([image]);
    expect(failed.exitCode).toBe(1);
    expect(failed.log).toMatch(
      /there is no database of known vulnerabilities; it cannot be had: .*refused/,
    );
    const told = await scanning.scan([image], { 'may-lack': 'database' });
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('::warning title=Not checked::nginx: known vulnerabilities');
    expect(JSON.parse(told.outputs.counts ?? '')).toEqual({
      nginx: { 'not checked': 'known vulnerabilities' },
    });
    expect(told.summary).toContain('not checked: known vulnerabilities');
    // What needs no database was looked at.
    const secret = await nginx({ files: { ...good, 'srv/settings.ini': `aws_key = ${key}\n` } });
    expect((await scanning.scan([secret], { 'may-lack': 'database' })).exitCode).toBe(1);
    await scanning.database([]);
  });

  const version =
    'case "$1" in version) echo \'{"VulnerabilityDB":{"UpdatedAt":"2999-01-01T00:00:00Z"}}\'; exit;; esac\n';
  const writing = (text: string) =>
    `${version}while [ $# -gt 0 ]; do if [ "$1" = --output ]; then printf '%s' '${text}' > "$2"; fi; shift; done`;
  it.each([
    [
      'that crashes',
      `${version}echo "FATAL out of memory" >&2; exit 2`,
      'trivy ended with exit code 2: FATAL out of memory',
    ],
    [
      'that hangs',
      `${version}case "$*" in *download*) exit;; esac; exec sleep 60`,
      'trivy did not end within 2 s',
    ],
    ['that a signal ends', `${version}kill -KILL $$`, 'trivy was ended by SIGKILL'],
    ['that writes nothing', version, 'trivy ended well and wrote no report'],
    ['that writes an empty report', writing(''), 'the report is empty'],
    ['that writes half a report', writing('{"SchemaVersion": 2, "Art'), 'the report is no JSON'],
    [
      'that writes something else',
      writing('{"version":"2.1.0"}'),
      'the report is not one of Trivy',
    ],
    [
      'that looked at nothing',
      writing('{"SchemaVersion":2,"ArtifactName":"x","Results":null}'),
      'the report is about x, not about',
    ],
    [
      'that looked at another image',
      writing(
        '{"SchemaVersion":2,"ArtifactName":"x","Metadata":{"RepoDigests":["shop/x@sha256:0123"]}}',
      ),
      'the report is about shop/x@sha256:0123, not about',
    ],
  ])('Trivy %s', async (_, trivy, message) => {
    const run = await scanning.scan([await nginx()], { 'time-limit': '2' }, { trivy });
    expect(run.log).toContain(message);
    expect(run.exitCode).toBe(1);
    expect(JSON.parse(run.outputs.counts ?? '')).toEqual({
      nginx: { 'not checked': 'everything' },
    });
  });

  it('Trivy that is not there', async () => {
    const run = await scanning.scan([await nginx()], {}, 'no scanner');
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('nginx: there is no trivy on the runner that can be started');
  });

  it('a registry that wants a login gets it for the images that need it', async () => {
    const login = { username: 'deploy', password: 'p4ssw0rd' };
    await using closed = await startRegistry(login);
    const image = await closed.push('api', { files: good });
    const inputs = { 'registry-username': login.username, 'registry-password': login.password };
    const scan = { kind: 'image', name: 'api', image };
    const refused = await scanning.scan([scan], inputs);
    expect(refused.exitCode).toBe(1);
    expect(refused.log).toMatch(/api: trivy ended with exit code 1: .*401/);
    expect((await scanning.scan([{ ...scan, login: true }], inputs)).exitCode).toBe(0);
  });
});

describe('what may stay', () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const exception = { id: zlib.ID, package: 'zlib1g', reason: 'nothing unpacks', owner: '@ops' };
  const shell = (count: number) =>
    `import subprocess\ndef run(text):\n${'    subprocess.run(text, shell=True)\n'.repeat(count)}`;

  it.each([
    ['an exception that holds', { expires: day(30) }, ''],
    ['one that has ended', { expires: day(-1) }, 'has ended on'],
    ['one that is too long', { expires: day(120) }, '90 days are the most'],
    ['one that nobody explains', { expires: day(30), reason: ' ' }, 'lacks its reason'],
    ['one that is not used', { expires: day(30), package: 'zlib2g' }, 'is not used any more'],
    [
      'one without a place',
      { expires: day(30), package: '' },
      'names neither a package nor a file',
    ],
  ])('%s', async (_, given, message) => {
    await scanning.database([zlib]);
    const exceptions = JSON.stringify([{ ...exception, ...given }]);
    const run = await scanning.scan([await nginx()], { exceptions });
    expect(run.exitCode).toBe(message === '' ? 0 : 1);
    expect(run.log).toContain(message);
  });

  it('a baseline hides what it lists, and may only become smaller', async () => {
    const baseline = (count: number) =>
      `${JSON.stringify({ about: 'x', findings: [{ file: 'api/app/main.py', scan: 'code', package: '', id: 'B602', count, since: '2026-01-31' }] })}\n`;
    const inputs = { baseline: 'scan-baseline.json' };
    await scanning.write({ 'api/app/main.py': shell(2) });
    const missing = await scanning.scan([code], inputs);
    expect(missing.exitCode).toBe(1);
    expect(missing.log).toContain('the baseline scan-baseline.json is not there');
    // From which one is made.
    expect(JSON.parse(await scanning.report('findings.json')).findings).toHaveLength(3);
    await scanning.write({ 'scan-baseline.json': baseline(2) });
    await scanning.commit('The gate comes');
    const hidden = await scanning.scan([code], inputs);
    expect(hidden.exitCode).toBe(0);
    expect(hidden.summary).toContain('The baseline hides 2 findings, since 2026-01-31.');

    await scanning.write({ 'api/app/main.py': shell(3) });
    const added = await scanning.scan([code], inputs);
    expect(added.exitCode).toBe(1);
    expect(added.log).toContain('code: HIGH B602 in api/app/main.py:5');

    await scanning.write({ 'scan-baseline.json': baseline(3) });
    await scanning.commit('It grows');
    await scanning.commit('And another commit');
    const grown = await scanning.scan([code], inputs);
    expect(grown.exitCode).toBe(1);
    expect(grown.log).toContain('the baseline has grown (B602 in api/app/main.py)');

    await scanning.write({ 'api/app/main.py': shell(1), 'scan-baseline.json': baseline(2) });
    const stale = await scanning.scan([code], inputs);
    expect(stale.exitCode).toBe(1);
    expect(stale.log).toContain('npm run scan:baseline');
    await scanning.write({ 'scan-baseline.json': baseline(1) });
    expect((await scanning.scan([code], inputs)).exitCode).toBe(0);
  });
});
