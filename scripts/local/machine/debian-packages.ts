import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../terminal/errors.ts';
import { attempt, run, succeeds } from '../../terminal/process.ts';
import { cached } from './cache.ts';

/** Whether this process may install Debian packages: apt on a Debian system, as root. */
export async function canInstallPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await succeeds('apt-get', ['--version']));
}

/** Whether a command is on the PATH, or where Debian keeps those of the administrator. */
export async function isCommand(name: string): Promise<boolean> {
  return await succeeds('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin command -v "$0"', name]);
}

/** Installs Debian packages whose command is not on the PATH; without root or apt the error names them. */
export async function ensureCommands(
  packages: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [command, name] of Object.entries(packages)) {
    if (!(await isCommand(command))) missing.push(name);
  }
  if (missing.length === 0) return missing;
  if (!(await canInstallPackages()))
    throw new UserError(
      `Missing on this machine: ${missing.join(', ')}. Install with: sudo apt-get install ${missing.join(' ')}`,
    );
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-qy', '--no-install-recommends', ...missing], { env });
  return missing;
}

/** The address and code name of the Debian archive that this machine itself installs from. */
export async function debianArchive(): Promise<{ uri: string; suite: string }> {
  const targets = await attempt('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)',
    'Created-By: Packages',
  ]);
  for (const line of targets?.split('\n') ?? []) {
    const [uri, suite, component, origin] = line.split(' ');
    if (uri && suite && component === 'main' && origin === 'Debian' && !suite.includes('-'))
      return { uri, suite };
  }
  throw new UserError(
    'No Debian archive in the APT sources of this machine. Run `apt-get update`; on another system install Docker Engine (24 or newer), Compose and buildx yourself: the rest then works.',
  );
}

/** Downloads packages of one or more suites without touching the machine's APT sources; returns the folder. */
export async function downloadPackages(
  name: string,
  packages: ReadonlyArray<{ name: string; suite: string }>,
): Promise<string> {
  const { uri } = await debianArchive();
  const apt = cached('apt', name);
  const folder = cached('packages', name);
  for (const directory of ['lists/partial', 'archives/partial', 'sources'])
    await mkdir(join(apt, directory), { recursive: true });
  await mkdir(folder, { recursive: true });
  const suites = [...new Set(packages.map((each) => each.suite))].join(' ');
  await writeFile(
    join(apt, 'sources', 'debian.sources'),
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`,
  );
  const own = [
    ['Dir::Etc::SourceList', '/dev/null'],
    ['Dir::Etc::SourceParts', join(apt, 'sources')],
    ['Dir::State::Lists', join(apt, 'lists')],
    ['Dir::Cache', apt],
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', [...own, 'update', '-q']);
  const wanted = packages.map((each) => `${each.name}/${each.suite}`);
  await run('apt-get', [...own, 'download', '-q', ...wanted], { cwd: folder });
  return folder;
}

/** Unpacks every package of a folder into `root`, without installing it: `root` is there whole or not at all. */
export async function unpackPackages(folder: string, root: string): Promise<void> {
  const partial = `${root}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const file of await readdir(folder))
    if (file.endsWith('.deb')) await run('dpkg', ['-x', join(folder, file), partial]);
  await rename(partial, root);
}
