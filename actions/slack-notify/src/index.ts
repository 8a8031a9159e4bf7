import { main } from './main.ts';

await main();
// A connection or a name server that still hangs must not hold the run.
process.exit();
