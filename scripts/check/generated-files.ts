import { differences, generate, madeEarlier } from '../build/generated-files.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

/** Checks that everything generated in a repository is what its sources make now. */
export async function checkGeneratedFiles(repository: Repository): Promise<void> {
  const made = await generate(repository, await compileWorkflows(repository));
  const found = await differences(repository.root, made, await madeEarlier(repository));
  if (found.length === 0) return;
  const lines = found.map(({ path, state }) => `${path}: ${state}`);
  throw new UserError(
    [...lines, 'Make them from their sources: npx staging-pipeline build'].join('\n'),
  );
}
