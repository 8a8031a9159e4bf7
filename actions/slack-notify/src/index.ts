import { endProcess } from './end-process.ts';
import { main } from './main.ts';

// Where a name server does not answer there is time for another try: the system's own patience is 10 seconds and more.
process.env.RES_OPTIONS ??= 'timeout:1 attempts:2';
await main();
endProcess();
