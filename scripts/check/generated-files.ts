import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { differences, generate } from '../generated-files.ts';
import { repositoryRoot } from '../repository.ts';

/** Checks that the compiled workflows, the bundles and the READMEs' tables are what their sources make now. */
export async function checkGeneratedFiles(): Promise<void> {
  await using made = await mkdtempDisposable(join(tmpdir(), 'generated-'));
  await generate(made.path);
  const found = await differences(made.path, repositoryRoot);
  if (found.length === 0) return;
  const lines = found.map(({ path, state }) => `${path}: ${state}`);
  throw new UserError([...lines, 'Make them from their sources: npm run build'].join('\n'));
}
