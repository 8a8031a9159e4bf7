import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { runCommand } from '../../../shared/src/command.ts';
import type { Inputs, Login } from '../inputs.ts';
import type { Scanned } from '../judge/judge.ts';
import { readBandit } from '../read/bandit.ts';
import { type Database, readDatabase } from '../read/database.ts';
import { unreadable } from '../read/report.ts';
import { readTrivy } from '../read/trivy.ts';
import type { BanditScan, ImageScan, RepositoryScan, Scan } from '../scan.ts';
import { failureOf, type Started } from './processes.ts';
import { withoutConfiguration } from './without-configuration.ts';

/** Where Trivy's own workflow publishes its database; one may refuse for having been asked too often. */
const databases = [
  'public.ecr.aws/aquasecurity/trivy-db:2',
  'ghcr.io/aquasecurity/trivy-db:2',
  'mirror.gcr.io/aquasec/trivy-db:2',
].join(',');

export interface Run {
  readonly database: Database;
  readonly scanned: readonly Scanned[];
}

/**
 * Runs every scan. Images go one after the other, since the cache of their layers has a lock, and the rest beside them. A
 * report lies in `directory` under the scan's name.
 */
export async function runScans(
  {
    scans,
    timeLimit,
    login,
    directory,
  }: Pick<Inputs, 'scans' | 'timeLimit' | 'login' | 'directory'>,
  onProgress: (line: string) => void,
): Promise<Run> {
  const folder = resolve(directory);
  // What an earlier run left proves nothing.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const database = await bringDatabase(timeLimit);
  onProgress(`Database of known vulnerabilities: ${database.problem ?? database.seen}`);
  const scanned = new Map<Scan, Scanned>();
  const inTurn = async (kind: (scan: Scan) => boolean) => {
    for (const scan of scans.filter(kind)) {
      const began = performance.now();
      const each = await runScan(scan, { folder, timeLimit, login, database });
      const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
      onProgress(`Scanned ${describe(scan)} (${each.reading.seen || 'not read'}) in ${took}`);
      scanned.set(scan, each);
    }
  };
  await Promise.all([
    inTurn(({ kind }) => kind === 'image'),
    inTurn(({ kind }) => kind !== 'image'),
  ]);
  return { database, scanned: scans.flatMap((scan) => scanned.get(scan) ?? []) };
}

/** Has Trivy bring its database up to date, where that is due. One that is fresh enough serves where it cannot. */
async function bringDatabase(timeLimit: number): Promise<Database> {
  const failure = await failureOf({
    file: 'trivy',
    args: ['image', '--download-db-only', '--no-progress', '--skip-version-check'],
    environment: { TRIVY_DB_REPOSITORY: process.env.TRIVY_DB_REPOSITORY || databases },
    timeLimit,
  });
  const version = await runCommand('trivy', ['version', '--format', 'json'], { timeout: 30_000 })
    .then(({ stdout }) => stdout)
    .catch(() => '');
  return readDatabase(version, failure, new Date());
}

interface Surroundings {
  readonly folder: string;
  readonly timeLimit: number;
  readonly login: Login | undefined;
  readonly database: Database;
}

async function runScan(scan: Scan, { folder, timeLimit, login, database }: Surroundings) {
  const report = join(folder, `${scan.name}.json`);
  const started =
    scan.kind === 'bandit'
      ? banditCommand(scan, report)
      : trivyCommand(scan, { report, login, vulnerabilities: database.usable });
  const failure = await failureOf({ ...started, timeLimit });
  const text = await keptReport(scan, report);
  if (failure !== '') return { scan, reading: unreadable(failure) };
  if (text === undefined)
    return { scan, reading: unreadable(`${started.file} ended well and wrote no report`) };
  return { scan, reading: scan.kind === 'bandit' ? readBandit(text, scan) : readTrivy(text, scan) };
}

/** What a scanner wrote, as it may be kept; undefined where it wrote nothing. */
async function keptReport({ kind }: Scan, report: string): Promise<string | undefined> {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined || kind !== 'image') return text;
  const kept = withoutConfiguration(text);
  await writeFile(report, kept);
  return kept;
}

type Command = Omit<Started, 'timeLimit'>;

function banditCommand({ folder, paths, configuration }: BanditScan, report: string): Command {
  return {
    file: 'bandit',
    args: [
      ...['--recursive', ...paths, '--format', 'json', '--output', report, '--quiet'],
      ...(configuration === undefined ? [] : ['--configfile', configuration]),
    ],
    cwd: folder,
    // It has found something; 2 is a fault of its own.
    accepted: [1],
  };
}

interface TrivyRun {
  readonly report: string;
  readonly login: Login | undefined;
  readonly vulnerabilities: boolean;
}

function trivyCommand(
  scan: ImageScan | RepositoryScan,
  { report, login, vulnerabilities }: TrivyRun,
): Command {
  // The settings of an image that others made are theirs: how it runs here is in the Compose file.
  const settings = scan.kind === 'repository' || scan.own ? ['misconfig'] : [];
  const scanners = [...(vulnerabilities ? ['vuln'] : []), 'secret', ...settings].join(',');
  const common = [
    ...['--scanners', scanners, '--format', 'json', '--list-all-pkgs', '--output', report],
    ...['--skip-db-update', '--skip-check-update', '--skip-version-check', '--no-progress'],
  ];
  if (scan.kind === 'repository')
    return {
      file: 'trivy',
      args: ['fs', ...common, '--cache-backend', 'memory', ...whichFiles(scan), '.'],
    };
  // Its configuration and history too.
  const inConfiguration = ['--image-config-scanners', ['secret', ...settings].join(',')];
  return {
    file: 'trivy',
    args: ['image', '--image-src', 'remote', ...common, ...inConfiguration, scan.image],
    ...(scan.login &&
      login && {
        environment: { TRIVY_USERNAME: login.username, TRIVY_PASSWORD: login.password },
      }),
  };
}

function whichFiles({ skip, files }: RepositoryScan): string[] {
  // Trivy knows a Dockerfile by its name, and one may be called otherwise.
  const others = files.map((file) => basename(file)).filter((name) => !/dockerfile/i.test(name));
  return [
    ...skip.flatMap((path) => ['--skip-dirs', path]),
    ...others.flatMap((name) => [
      '--file-patterns',
      `dockerfile:(^|/)${name.replaceAll(/[^\w-]/g, '\\$&')}$`,
    ]),
  ];
}

function describe(scan: Scan): string {
  switch (scan.kind) {
    case 'image':
      return `${scan.name}, ${scan.image}`;
    case 'repository':
      return `${scan.name}, what is in the tree`;
    case 'bandit':
      return `${scan.name}, ${scan.paths.join(' and ')} in ${scan.folder}`;
  }
}
