import { healthyRuns } from './healthy-runs.ts';

healthyRuns(12, (run) => run % 4 === 0);
