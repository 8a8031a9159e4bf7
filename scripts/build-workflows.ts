import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import staging from '../workflows/staging.ts';
import { versions } from '../workflows/third-party.ts';
import { compileWorkflow } from './compile-workflow.ts';
import { repositoryRoot } from './repository.ts';

/** Writes every workflow's YAML below `folder`; returns the paths, relative to it. */
export async function buildWorkflows(folder: string = repositoryRoot): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const workflow of [staging]) {
    const path = `.github/workflows/${workflow.filename}.yml`;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const source = `workflows/${workflow.filename}.ts`;
    await writeFile(join(folder, path), compileWorkflow(workflow, source, versions));
    paths.push(path);
  }
  return paths;
}

if (import.meta.main) for (const path of await buildWorkflows()) console.log(path);
