import { main } from './main.ts';

// The end of a process waits for a name server that does not answer, 10 seconds for each as a rule: ask briefly.
process.env.RES_OPTIONS ??= 'timeout:1 attempts:2';
await main();
// No other connection that still hangs may hold the run.
process.exit();
