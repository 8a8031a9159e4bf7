import { readExecutor } from '../actions/shared/src/executor.ts';
import { main } from './main.ts';
import { runStaging } from './staging/program.ts';

await main(
  async (signal) =>
    await runStaging(process.argv.slice(2), { script: await readExecutor(), signal }),
);
