// Keeps the files that actions/upload-artifact would upload, in the same places within the artifact.
const {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} = require('node:fs');
const { dirname, join, relative, resolve, sep } = require('node:path');

function main([folder]) {
  const { NAME, PATHS, IF_NO_FILES_FOUND, RETENTION_DAYS, COMPRESSION_LEVEL } = process.env;
  const overwrite = flag('overwrite', process.env.OVERWRITE);
  const hidden = flag('include-hidden-files', process.env.INCLUDE_HIDDEN_FILES);
  if (!/^[^"<>|*?:\r\n\\/]+$/.test(NAME))
    fail(`name: "${NAME}" has a character that no artifact's name can have`);
  if (!['warn', 'error', 'ignore'].includes(IF_NO_FILES_FOUND))
    fail(`if-no-files-found: "${IF_NO_FILES_FOUND}" is none of warn, error and ignore`);
  whole('retention-days', RETENTION_DAYS, 90);
  whole('compression-level', COMPRESSION_LEVEL, 9);
  const { files, root } = found(PATHS, hidden);
  if (files.length === 0) return nothing(IF_NO_FILES_FOUND, PATHS);
  const artifact = join(folder, NAME);
  if (existsSync(artifact)) {
    if (!overwrite) fail(`There is an artifact "${NAME}" in this run already`);
    rmSync(artifact, { recursive: true });
  }
  for (const file of files) {
    const kept = join(artifact, relative(root, file));
    mkdirSync(dirname(kept), { recursive: true });
    cpSync(file, kept, { dereference: true });
  }
  console.log(`Kept ${files.length} files as the artifact ${NAME}`);
}

/** The files that the lines name, and the folder that all of the lines have in common: it is the artifact's top. */
function found(text, hidden) {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const wanted = lines.filter((line) => !line.startsWith('!'));
  if (wanted.length === 0) fail('path: it names no file');
  const excluded = new Set(
    lines.filter((line) => line.startsWith('!')).flatMap((line) => filesOf(line.slice(1).trim())),
  );
  const files = [...new Set(wanted.flatMap(filesOf))]
    .filter((file) => !excluded.has(file))
    .filter((file) => hidden || !/(?:^|\/)\.[^./]/.test(relative(process.cwd(), file)));
  return { files, root: common(wanted.map(beginning)) };
}

function filesOf(pattern) {
  return globSync(pattern).flatMap((path) =>
    statSync(path).isDirectory() ? filesBelow(resolve(path)) : [resolve(path)],
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

/** The folder that a line begins to look in: for one file alone, the folder that it lies in. */
function beginning(pattern) {
  const folder = resolve(pattern.split(/[*?[{]/)[0] ?? '');
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  return isFolder ? folder : dirname(folder);
}

function common(folders) {
  const [first = [], ...others] = folders.map((folder) => folder.split(sep));
  const until = first.findIndex((part, at) => others.some((parts) => parts[at] !== part));
  return (until < 0 ? first : first.slice(0, until)).join(sep) || sep;
}

function nothing(how, paths) {
  const message = `No files were found with the path ${paths
    .trim()
    .split(/\s*\n\s*/)
    .join(', ')}: nothing is kept`;
  if (how === 'error') fail(message);
  console.log(how === 'warn' ? `::warning title=Artifact::${message}` : message);
}

function flag(input, value) {
  if (!['true', 'false'].includes(value)) fail(`${input}: "${value}" is neither true nor false`);
  return value === 'true';
}

function whole(input, value, most) {
  if (value === '' || (/^\d+$/.test(value) && Number(value) <= most)) return;
  fail(`${input}: "${value}" is no whole number from 0 to ${most}`);
}

function fail(message) {
  console.log(`::error title=Artifact::${message}`);
  process.exit(1);
}

main(process.argv.slice(2));
