import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines } from '../../../shared/src/inputs.ts';
import type { JobResult, Needs } from './needs.ts';

/** The titles of jobs by their ids, in the order in which they are shown. */
export type Stages = ReadonlyMap<string, string>;

/** One line of the list of stages; without a result it has not ended yet. */
export interface Stage {
  readonly title: string;
  readonly result: JobResult | undefined;
}

const line = /^(?<job>[A-Za-z_][\w-]*)\s*=\s*(?<title>.+)$/;

/** Reads the input `stages`, lines such as `test-api=Test API`. Throws `InvalidInput`. */
export function parseStages(text: string): Stages {
  return new Map(
    inputLines(text).map((each): [string, string] => {
      const { job, title } = line.exec(each)?.groups ?? {};
      if (job !== undefined && title !== undefined) return [job, title];
      throw new InvalidInput(
        `input stages has the line ${JSON.stringify(each)}: it must be JOB=TITLE, such as test-api=Test API`,
      );
    }),
  );
}

/** How far each stage is: those with a title first, then every other job that has ended. */
export function stagesOf(stages: Stages, needs: Needs): Stage[] {
  const titled = [...stages].map(([job, title]) => ({ title, result: needs[job]?.result }));
  const others = Object.entries(needs)
    .filter(([job]) => !stages.has(job))
    .map(([job, { result }]) => ({ title: job, result }));
  return [...titled, ...others];
}
