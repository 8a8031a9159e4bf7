/**
 * The suites of this project that run against a staging which is up: the guide's commands. Each finds in its environment
 * STAGING_URL, TEST_TENANT_PASSWORD and, where staging has one, STAGING_RATE_LIMIT_KEY.
 */

/** What has to be there before the suite's command can run. */
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

export interface Suite {
  readonly needs: SuiteNeeds;
  /** Where the command runs, relative to the repository's top. */
  readonly folder: string;
  /** `{url}` stands for the address of staging. */
  readonly command: readonly [string, ...string[]];
  /** JUnit XML, relative to the repository's top. */
  readonly report: string;
}

export type SuiteName = 'integration' | 'browser' | 'load';

/** Every suite by its name. */
export const suites: Readonly<Record<SuiteName, Suite>> = {
  integration: {
    needs: { requirements: 'tests/integration/requirements.txt' },
    folder: '.',
    command: ['pytest', 'tests/integration/', '--base-url={url}'],
    report: 'reports/integration.xml',
  },
  browser: {
    needs: { npm: true, browser: true },
    folder: 'frontend',
    command: ['npx', 'playwright', 'test', '--config=playwright.staging.config.ts'],
    report: 'reports/browser.xml',
  },
  load: {
    needs: { k6: true },
    folder: '.',
    command: ['k6', 'run', 'tests/load/staging-load-test.js'],
    report: 'reports/load.xml',
  },
};
