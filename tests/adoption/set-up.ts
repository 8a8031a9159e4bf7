import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { type Adopter, command, folder, makeMonorepo } from './adopter.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the foreign monorepo lies, and the package that it has installed. */
    readonly adopter: { readonly root: string; readonly tarball: string };
  }
}

/** Packs the package, and has a foreign monorepo take it in: once, since packing and installing take their time. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const temporary = await mkdtemp(join(tmpdir(), 'adoption-'));
  const tarball = await packInto(temporary);
  const adopter = await makeMonorepo(join(temporary, 'workshop'), tarball);
  await takeIn(adopter);
  provide('adopter', { root: adopter.root, tarball });
  return async () => await rm(temporary, { recursive: true });
}

async function packInto(target: string): Promise<string> {
  const args = ['pack', '--silent', '--pack-destination', target] as const;
  const { printed, exitCode } = await command(packageRoot, ['npm', ...args]);
  const name = printed.trim().split('\n').at(-1) ?? '';
  if (exitCode !== 0 || !name.endsWith('.tgz')) throw new Error(`npm pack: ${printed}`);
  return join(target, name);
}

async function takeIn(adopter: Adopter): Promise<void> {
  await adopter.addPipeline();
  const install = ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'] as const;
  const installed = await command(join(adopter.root, folder), install);
  if (installed.exitCode !== 0) throw new Error(installed.printed);
  const built = await adopter.pipeline('build', '--no-lint');
  if (built.exitCode !== 0) throw new Error(built.printed);
  await adopter.git('add', '--all');
  await adopter.git('commit', '--quiet', '--message', 'Take the pipeline in');
  await adopter.git('tag', 'adopted');
}
