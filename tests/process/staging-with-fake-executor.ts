import { runStaging } from '../../scripts/staging/program.ts';
import { main } from '../../scripts/terminal/main.ts';
import { fakeExecutor } from './fake-host.ts';

// scripts/commands/staging.ts with another executor.
await main(
  async (signal) =>
    await runStaging(process.argv.slice(2), { script: await fakeExecutor(), signal }),
);
