import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';
import { run, succeeds } from '../process.ts';
import { cached } from './cache.ts';
import { step } from './progress.ts';

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

async function ensureTool(tool: Tool, note: (text: string) => void): Promise<string> {
  const path = `${toolsDirectory}/${tool.name}`;
  const source = `${modules}/${tool.module}`;
  const wanted = await readFile(`${source}/go.mod`, 'utf8');
  const built = `${path}.go.mod`;
  if (existsSync(path) && existsSync(built) && (await readFile(built, 'utf8')) === wanted) {
    note('cached');
    return path;
  }
  if (!(await succeeds('go', ['version'])))
    throw new UserError(
      `Go is needed to build ${tool.name}. Install Go 1.24 or newer (package golang).`,
    );
  await mkdir(toolsDirectory, { recursive: true });
  const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  // Without inlining and debug data the compiler needs two fifths less time; these tools wait for others.
  const flags = ['-trimpath', '-gcflags=all=-l -dwarf=false', '-ldflags=-s -w'];
  await run('go', ['build', ...flags, '-o', path, tool.package], {
    cwd: source,
    env,
    timeout: 40 * 60_000,
  });
  await writeFile(built, wanted);
  note('built');
  return path;
}
