import type { NodeVersion, PythonVersion } from './languages.ts';

/** What has to be there before the command of a suite can run. */
export interface SuiteNeeds {
  /** A file of Python packages, relative to the repository's top, and the Python that they are installed for. */
  readonly python?: PythonVersion & { readonly requirements: string };
  /** The suite's folder has npm packages, for this Node.js. */
  readonly node?: NodeVersion;
  /** Whether the suite drives a browser with Playwright and records it. */
  readonly browser?: boolean;
  /** The version of k6 that the suite runs with, such as `1.8.1`. */
  readonly k6?: string;
}

/** Tests that run against a staging which is up; they find its address in STAGING_URL. */
export interface Suite {
  /** For people: the name of its job. */
  readonly name: string;
  readonly needs: SuiteNeeds;
  /** Where the command runs, relative to the repository's top. */
  readonly folder: string;
  /** `{url}` stands for the address of staging. */
  readonly command: readonly [string, ...string[]];
  /** JUnit XML, relative to the repository's top. */
  readonly report: string;
  /** What is kept beside the report, such as traces and screenshots; relative to the repository's top. */
  readonly keeps?: readonly string[];
  /** Minutes that the command may take. */
  readonly limit: number;
  /** `rollback`: a release that it finds wrong is not confirmed and is taken back. `warn`: it stays, and people are told. */
  readonly onFailure: 'rollback' | 'warn';
}

/** What is wrong with the suites of a project, each a sentence that begins with the setting. */
export function suiteFaults(suites: Readonly<Record<string, Suite>>): readonly string[] {
  return Object.entries(suites).flatMap(([id, { folder, report, keeps = [], limit }]) => [
    ...(/^[A-Za-z_][\w-]*$/.test(id) ? [] : [`suites: ${JSON.stringify(id)} is no id of a job`]),
    ...[folder, report, ...keeps]
      .filter((path) => path.startsWith('/') || path.split('/').includes('..'))
      .map((path) => `suites.${id}: ${path} is not relative to the repository's top`),
    ...(Number.isInteger(limit) && limit > 0
      ? []
      : [`suites.${id}.limit: ${limit} is no number of minutes`]),
  ]);
}
