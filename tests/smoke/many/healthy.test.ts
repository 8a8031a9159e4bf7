import { healthyRuns } from '../healthy-runs.ts';

healthyRuns(200, (run) => run % 10 === 0);
