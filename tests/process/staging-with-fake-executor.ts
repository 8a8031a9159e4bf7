import { main } from '../../scripts/main.ts';
import { runStaging } from '../../scripts/staging/program.ts';
import { fakeExecutor } from './fake-host.ts';

// scripts/commands/staging.ts with another executor.
await main(
  async (signal) =>
    await runStaging(process.argv.slice(2), { script: await fakeExecutor(), signal }),
);
