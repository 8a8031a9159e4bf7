import { describeFaults, everyFaultWhileReplacing } from '../host/fault-suite.ts';

await describeFaults(everyFaultWhileReplacing());
