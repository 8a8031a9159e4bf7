import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { toolsDirectory } from '../../scripts/local/machine/tools.ts';
import { type ActionRun, bundleActions } from '../process/run-action.ts';
import { banditFolder, databaseProgram } from './set-up.ts';

/** A hole in a package that the database of a test knows. */
export interface Advisory {
  readonly ID: string;
  readonly Title: string;
  readonly Severity: string;
  readonly Source: string;
  readonly Package: string;
  readonly Fixed: string;
  readonly Vulnerable?: string;
}

/** A repository in which the action scans, with the real scanners. */
export interface Scanning extends AsyncDisposable {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  commit(message: string): Promise<void>;
  /** Writes a database as old as `age`, such as `192h`. */
  database(advisories: readonly Advisory[], age?: string): Promise<void>;
  withoutDatabase(): Promise<void>;
  scan(
    scans: readonly object[],
    inputs?: Readonly<Record<string, string>>,
    /** A program that is found before the real one. */
    instead?: Readonly<Record<string, string>> | 'no scanner',
  ): Promise<ActionRun>;
  report(name: string): Promise<string>;
  /** All that is kept of the last scan. */
  reports(): Promise<string>;
}

/** Opens an empty repository with an empty database of today. */
export async function openScanning(): Promise<Scanning> {
  const actions = await bundleActions('scan-report');
  const folder = await mkdtemp(join(tmpdir(), 'scanning-'));
  const [root, home, programs] = ['tree', 'home', 'programs'].map((name) => join(folder, name));
  if (root === undefined || home === undefined || programs === undefined) throw new Error('paths');
  await mkdir(root);
  await mkdir(home);
  const git = async (...args: readonly string[]) => {
    await execa('git', ['-c', 'user.name=A', '-c', 'user.email=a@localhost', '-C', root, ...args]);
  };
  await git('init', '--quiet', '--initial-branch', 'develop');
  const cache = join(home, '.cache/trivy');
  const scanning: Scanning = {
    root,
    write: async (files) => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
    },
    commit: async (message) => {
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', message);
    },
    database: async (advisories, age = '1h') => {
      await scanning.withoutDatabase();
      const file = join(folder, 'advisories.json');
      await writeFile(file, JSON.stringify(advisories));
      await execa(databaseProgram, [join(cache, 'db'), file, age]);
    },
    withoutDatabase: async () => await rm(join(cache, 'db'), { recursive: true, force: true }),
    scan: async (scans, inputs = {}, instead = {}) => {
      await rm(programs, { recursive: true, force: true });
      await mkdir(programs);
      const scripts = instead === 'no scanner' ? {} : instead;
      for (const [name, script] of Object.entries(scripts))
        await writeFile(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      const scanners = instead === 'no scanner' ? [] : [programs, banditFolder, toolsDirectory];
      const path = [...scanners, process.env.PATH].join(':');
      return await actions.run(
        'scan-report',
        { scans: JSON.stringify(scans), directory: join(folder, 'scan'), ...inputs },
        // Nobody here answers for the database, and a test does not wait for that.
        { HOME: home, PATH: path, TRIVY_DB_REPOSITORY: 'localhost:1/trivy-db:2' },
        ['env', `--chdir=${root}`],
      );
    },
    report: async (name) => await readFile(join(folder, 'scan', name), 'utf8'),
    reports: async () => {
      const files = await readdir(join(folder, 'scan'), { recursive: true, withFileTypes: true });
      const texts = files
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8'));
      return (await Promise.all(texts)).join('');
    },
    [Symbol.asyncDispose]: async () => {
      await rm(folder, { recursive: true, force: true });
      await actions[Symbol.asyncDispose]();
    },
  };
  await scanning.database([]);
  return scanning;
}
