import { readExecutor } from '../../actions/shared/src/executor.ts';
import type { Invocation } from '../invocation.ts';
import { runStaging } from '../staging/program.ts';

/** Shows and changes what the staging server runs. */
export async function run({ words, signal }: Invocation): Promise<number> {
  return await runStaging(words, { script: await readExecutor(), signal });
}
