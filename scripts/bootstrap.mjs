// Runs on whatever Node.js the machine has: everything after it runs on the Node.js of the lockfile. That one is
// called by its path, since a shell remembers where it found `node` the first time.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed`;
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (installed !== wanted) {
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
  writeFileSync(stamp, wanted);
  process.stderr.write(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}
