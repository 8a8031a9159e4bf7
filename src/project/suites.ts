/** What has to be there before the command of a suite can run. */
export interface SuiteNeeds {
  /** A file of Python packages, relative to the repository's top. */
  readonly requirements?: string;
  /** Whether the suite's folder has npm packages. */
  readonly npm?: boolean;
  /** Whether the suite drives a browser and records it. */
  readonly browser?: boolean;
  /** Whether the suite runs k6. */
  readonly k6?: boolean;
}

/** Tests that run against a staging which is up; they find its address in STAGING_URL. */
export interface Suite {
  readonly needs: SuiteNeeds;
  /** Where the command runs, relative to the repository's top. */
  readonly folder: string;
  /** `{url}` stands for the address of staging. */
  readonly command: readonly [string, ...string[]];
  /** JUnit XML, relative to the repository's top. */
  readonly report: string;
}
