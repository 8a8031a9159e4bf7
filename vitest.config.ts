import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const minutes = 60_000;

/** What takes minutes, the longest first. Begun last, one of them would run for minutes with nothing beside it. */
const longest = [
  'tests/host/deploy.test.ts',
  'tests/host/rollback.test.ts',
  'tests/host/faults.test.ts',
  'tests/host/first-deploy.test.ts',
  'tests/host/unchanged.test.ts',
  'tests/host/migrations/deaths.test.ts',
  'tests/host/action.test.ts',
];

/** Vitest's own order begins with the largest files, which says little about the time they take. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((file) => moduleId.endsWith(file));
      return at < 0 ? longest.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** What another process does is waited for, on a machine that may be busy; Vitest's own is a second. */
const patient = { poll: { timeout: minutes / 2 } };

// Vite does not resolve a package that names itself.
const alias = { 'staging-pipeline': fileURLToPath(new URL('src/index.ts', import.meta.url)) };

// The groups run one after the other: the quickest first, and nothing beside the pipeline's own run.
export default defineConfig({
  resolve: { alias },
  test: {
    // What a long run prints is for whoever waits for it: as it comes, without a heading for each line.
    disableConsoleIntercept: true,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          expect: patient,
          include: [
            'tests/unit/**/*.test.ts',
            'tests/project/**/*.test.ts',
            'actions/*/tests/**/*.test.ts',
          ],
          // These tests change nothing in their process: starting one for each file takes longer than they do.
          isolate: false,
          // Some run git or the compiler, on a machine that may be busy.
          testTimeout: minutes / 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'process',
          expect: patient,
          include: ['tests/process/**/*.test.ts'],
          globalSetup: ['tests/process/set-up-machine.ts'],
          maxWorkers: 2,
          testTimeout: 1 * minutes,
          hookTimeout: 1 * minutes,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          // Each fault waits for its deadline more than it works.
          name: 'smoke',
          expect: patient,
          include: ['tests/smoke/*.test.ts'],
          globalSetup: ['tests/smoke/set-up-machine.ts'],
          maxWorkers: 2,
          maxConcurrency: 4,
          testTimeout: 2 * minutes,
          hookTimeout: 1 * minutes,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          // The real scanners, and a database of a few holes.
          name: 'scan',
          expect: patient,
          include: ['tests/scan/**/*.test.ts'],
          globalSetup: ['tests/scan/set-up.ts'],
          maxWorkers: 2,
          testTimeout: 1 * minutes,
          hookTimeout: 1 * minutes,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'host',
          expect: patient,
          include: ['tests/host/**/*.test.ts'],
          globalSetup: ['tests/process/set-up-machine.ts', 'tests/host/set-up-engine.ts'],
          // Each file has a server of its own, and waits more than it works.
          maxWorkers: 3,
          testTimeout: 30 * minutes,
          hookTimeout: 60 * minutes,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          // Takes an hour and a half, so it is no part of `npm test`. Each file has a server of its own.
          name: 'faults',
          expect: patient,
          include: [
            'tests/faults/*.test.ts',
            'tests/host/action.test.ts',
            'tests/host/environment-values.test.ts',
            'tests/host/first-deploy.test.ts',
            'tests/host/rollback.test.ts',
          ],
          globalSetup: ['tests/process/set-up-machine.ts', 'tests/host/set-up-engine.ts'],
          maxWorkers: 4,
          testTimeout: 30 * minutes,
          hookTimeout: 60 * minutes,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          // Takes a quarter of an hour, so it is no part of `npm test`.
          name: 'smoke-many',
          expect: patient,
          include: ['tests/smoke/many/*.test.ts'],
          globalSetup: ['tests/smoke/set-up-machine.ts'],
          maxConcurrency: 4,
          testTimeout: 2 * minutes,
          hookTimeout: 1 * minutes,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          // One repository for all of them.
          name: 'adoption',
          expect: patient,
          include: ['tests/adoption/**/*.test.ts'],
          exclude: ['tests/adoption/monorepo/**'],
          globalSetup: ['tests/adoption/set-up.ts'],
          fileParallelism: false,
          testTimeout: 2 * minutes,
          hookTimeout: 30 * minutes,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'end-to-end',
          expect: patient,
          include: ['tests/end-to-end/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 30 * minutes,
          hookTimeout: 60 * minutes,
          sequence: { groupOrder: 6 },
        },
      },
    ],
  },
});
