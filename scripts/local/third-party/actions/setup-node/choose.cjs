// Chooses the Node.js that a project asks for, as actions/setup-node reads it: first of what the runner image has, then
// of what the npm package `node` has.
const { execFileSync } = require('node:child_process');
const { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');

const npm = '/opt/node24/lib/node_modules/npm';
const semver = require(`${npm}/node_modules/semver`);

/** The long-term releases by name; `lts/*` is the newest of them. */
const longTerm = { gallium: 16, hydrogen: 18, iron: 20, jod: 22, krypton: 24 };
const caches = ['', 'npm', 'pnpm', 'yarn'];

function main() {
  const { VERSION = '', FILE = '', CACHE = '' } = process.env;
  if (!caches.includes(CACHE)) fail(`There is no cache "${CACHE}"; there is npm, pnpm and yarn`);
  const asked = VERSION.trim() || (FILE ? readFile(FILE) : '');
  if (asked === undefined) fail(`${FILE} names no version of Node.js`);
  const range = rangeOf(asked, VERSION.trim() ? 'node-version' : FILE);
  const there = inImage();
  const best = range === 'latest' ? undefined : semver.maxSatisfying([...there.keys()], range);
  const folder = best ? there.get(best) : install(asked, range, [...there.keys()]);
  const version = best ?? nodeVersion(folder);
  appendFileSync(process.env.GITHUB_PATH, `${folder}\n`);
  appendFileSync(process.env.GITHUB_OUTPUT, `node-version=v${version}\n`);
  console.log(`Node.js ${version} ${best ? 'of the runner image' : 'from npm'}`);
}

function rangeOf(asked, place) {
  if (asked === '') return '*';
  const [, codename] = /^lts\/(.+)$/.exec(asked) ?? [];
  if (/^lts\/\*$|^lts$/.test(asked)) return `${Math.max(...Object.values(longTerm))}`;
  if (codename) {
    const behind = /^-(\d)$/.exec(codename);
    const major = behind
      ? Object.values(longTerm).at(-1 - Number(behind[1]))
      : longTerm[codename.toLowerCase()];
    if (major === undefined)
      fail(`${place} asks for ${asked}; known are ${Object.keys(longTerm).join(', ')}`);
    return `${major}`;
  }
  if (['node', 'latest', 'current'].includes(asked)) return 'latest';
  const range = semver.validRange(asked);
  if (range === null)
    fail(`${place} asks for Node.js "${asked}", which is no version and no range of versions`);
  return range;
}

function readFile(file) {
  if (!existsSync(file)) fail(`node-version-file: there is no file ${file}`);
  const text = readFileSync(file, 'utf8');
  if (basename(file) === 'package.json' || text.trimStart().startsWith('{'))
    return fromManifest(file, text);
  if (basename(file) === '.tool-versions') return /^node(?:js)?\s+(\S+)/m.exec(text)?.[1];
  const line = text
    .split('\n')
    .map((each) => each.replace(/#.*/, '').trim())
    .find(Boolean);
  return line?.replace(/^v(?=\d)/, '');
}

function fromManifest(file, text) {
  const { volta, devEngines, engines } = JSON.parse(text);
  if (volta?.node) return volta.node;
  if (volta?.extends) return readFile(join(dirname(file), volta.extends));
  const runtime = [devEngines?.runtime].flat().find((each) => each?.name === 'node');
  return runtime?.version ?? engines?.node;
}

/** The folders of commands in the runner image, by their version of Node.js. */
function inImage() {
  const folders = readdirSync('/opt').filter((name) => /^node\d+$/.test(name));
  return new Map(folders.map((name) => [nodeVersion(`/opt/${name}/bin`), `/opt/${name}/bin`]));
}

function nodeVersion(folder) {
  return execFileSync(join(folder, 'node'), ['--version'], { encoding: 'utf8' }).trim().slice(1);
}

/** Installs a version from npm, with the npm that belongs to it. */
function install(asked, range, there) {
  const run = (...args) =>
    execFileSync('/opt/node24/bin/npm', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const published =
    range === 'latest' ? undefined : JSON.parse(run('view', 'node', 'versions', '--json'));
  const version = published
    ? semver.maxSatisfying(published, range)
    : run('view', 'node', 'version').trim();
  if (!version)
    fail(
      `Asked for is Node.js ${asked}; the runner image has ${there.join(' and ')}, and npm has none that fits`,
    );
  const prefix = `/opt/hosted-node/${version}`;
  mkdirSync(join(prefix, 'lib'), { recursive: true });
  const [major] = version.split('.');
  const npmVersion = Number(major) < 18 ? 8 : Number(major) < 24 ? 10 : 11;
  run('install', '--global', '--prefix', prefix, `npm@${npmVersion}`, `node@${version}`);
  return join(prefix, 'bin');
}

function fail(message) {
  console.log(`::error title=Node.js::${message}`);
  process.exit(1);
}

main();
