// The team's own check: every script of the repository parses, and what is written by hand has no trailing spaces.
const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const rules = JSON.parse(readFileSync(join(__dirname, 'lint-rules.json'), 'utf8'));
const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
const files = execFileSync('git', git, { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path && existsSync(join(root, path)));
const found = [];

for (const path of files.filter((each) => /\.[cm]?js$/.test(each)))
  try {
    execFileSync(process.execPath, ['--check', join(root, path)], { stdio: 'pipe' });
  } catch (error) {
    found.push(`${path}: ${error.stderr}`);
  }

for (const path of files.filter((each) => rules.noTrailingSpaces.some((end) => each.endsWith(end))))
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .forEach((line, index) => {
      if (/\s$/.test(line)) found.push(`${path}:${index + 1}: trailing space`);
    });

console.log(found.length === 0 ? `${files.length} files, nothing found` : found.join('\n'));
process.exitCode = found.length === 0 ? 0 : 1;
