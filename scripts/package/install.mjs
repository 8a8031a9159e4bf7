// Installs what the lockfile names, where it is not there: runs on whatever Node.js the machine has.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

if (!isInstalled()) {
  const started = Date.now();
  process.stderr.write('Installing the npm dependencies (with Node.js 24)…\n');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
  } catch {
    process.stderr.write(
      'npm ci failed. Check that the npm registry can be reached (`npm ping`) and run the command again.\n',
    );
    process.exit(1);
  }
  process.stderr.write(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Whether npm has installed every package of the lockfile, as its own record says; optional ones may not fit here. */
function isInstalled() {
  const record = `${root}node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || installed[path]?.version === version,
  );
}
