import { describeFaults, everyFaultOf } from '../host/fault-suite.ts';

await describeFaults([...everyFaultOf('confirm'), ...everyFaultOf('abort')]);
