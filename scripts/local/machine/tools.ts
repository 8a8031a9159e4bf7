import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../terminal/errors.ts';
import { attempt, run, succeeds } from '../../terminal/process.ts';
import { step } from '../../terminal/progress.ts';
import { cached } from './cache.ts';

const modules = fileURLToPath(new URL('tools', import.meta.url));

/** Where the tools built for the local run lie; the runner image has this folder on its PATH. */
export const toolsDirectory: string = cached('tools', 'bin');

/** A command built from a Go module whose go.sum is in the repository. */
interface Tool {
  readonly name: string;
  readonly module: string;
  readonly package: string;
}

const act: Tool = { name: 'act', module: 'act', package: 'github.com/nektos/act' };
const trivy: Tool = {
  name: 'trivy',
  module: 'trivy',
  package: 'github.com/aquasecurity/trivy/cmd/trivy',
};
const actionlint: Tool = {
  name: 'actionlint',
  module: 'actionlint',
  package: 'github.com/rhysd/actionlint/cmd/actionlint',
};
const k6: Tool = { name: 'k6', module: 'k6', package: 'go.k6.io/k6' };

/** Builds act, the engine that runs the compiled workflow, unless it is there; returns its path. */
export async function ensureAct(): Promise<string> {
  return await step(
    'act, which runs the workflow',
    async ({ note }) => await ensureTool(act, note),
  );
}

/** Builds Trivy, the image scanner, unless it is there; returns its path. */
export async function ensureTrivy(): Promise<string> {
  return await step(
    'Trivy, which scans the images (the first build takes minutes)',
    async ({ note }) => await ensureTool(trivy, note),
  );
}

/** Builds k6, which makes the load, unless it is there; returns its path. Says so only where it builds. */
export async function ensureK6(): Promise<string> {
  if (await isBuilt(k6)) return pathOf(k6);
  return await step('k6, which makes the load', async ({ note }) => await ensureTool(k6, note));
}

/** Builds actionlint, the linter of workflows, unless it is there; returns its path. Says so only where it builds. */
export async function ensureActionlint(): Promise<string> {
  if (await isBuilt(actionlint)) return pathOf(actionlint);
  return await step(
    'actionlint, which checks the workflows',
    async ({ note }) => await ensureTool(actionlint, note),
  );
}

/**
 * Installs zizmor, the security linter of workflows, from its wheel unless it is there; returns its path. Says so only
 * where it installs. Throws `UserError` where there is no Python with pip.
 */
export async function ensureZizmor(): Promise<string> {
  const requirements = `${modules}/zizmor/requirements.txt`;
  const folder = cached('tools', 'zizmor');
  const installed = `${folder}/requirements.txt`;
  const command = `${folder}/bin/zizmor`;
  if (await sameText(installed, requirements)) return command;
  return await step('zizmor, which checks the security of the workflows', async ({ note }) => {
    if (!(await succeeds('python3', ['-m', 'pip', '--version'])))
      throw new UserError(
        'Python 3 with pip is needed to install zizmor. Install both (packages python3 and python3-pip).',
      );
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await run('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...['--target', partial, '--no-deps', '--only-binary=:all:', '--require-hashes'],
      ...['--requirement', requirements],
    ]);
    await copyFile(requirements, `${partial}/requirements.txt`);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    note('installed');
    return command;
  });
}

async function ensureTool(tool: Tool, note: (text: string) => void): Promise<string> {
  const path = pathOf(tool);
  if (await isBuilt(tool)) {
    note('cached');
    return path;
  }
  await demandGo(tool.name);
  await mkdir(toolsDirectory, { recursive: true });
  const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOFLAGS: '-mod=readonly' };
  // Without inlining and debug data the compiler needs two fifths less time; these tools wait for others.
  const flags = ['-trimpath', '-gcflags=all=-l -dwarf=false', '-ldflags=-s -w'];
  await run('go', ['build', ...flags, '-o', path, tool.package], {
    cwd: `${modules}/${tool.module}`,
    env,
    timeout: 40 * 60_000,
  });
  await copyFile(`${modules}/${tool.module}/go.mod`, `${path}.go.mod`);
  note('built');
  return path;
}

function pathOf(tool: Tool): string {
  return `${toolsDirectory}/${tool.name}`;
}

async function isBuilt(tool: Tool): Promise<boolean> {
  const path = pathOf(tool);
  const wanted = `${modules}/${tool.module}/go.mod`;
  return existsSync(path) && (await sameText(`${path}.go.mod`, wanted));
}

async function sameText(path: string, wanted: string): Promise<boolean> {
  return existsSync(path) && (await readFile(path, 'utf8')) === (await readFile(wanted, 'utf8'));
}

/** Throws `UserError` where Go is missing, or too old to fetch by itself the release that a module asks for. */
export async function demandGo(tool: string): Promise<void> {
  const printed = await attempt('go', ['env', 'GOVERSION'], { env: { GOTOOLCHAIN: 'local' } });
  const [, found] = /^go1\.(\d+)/.exec(printed ?? '') ?? [];
  if (Number(found) >= 21) return;
  throw new UserError(
    `Go 1.21 or newer is needed to build ${tool}; this machine has ${found ? `1.${found}` : 'none'}. Install it (package golang, or https://go.dev/dl).`,
  );
}
