import { defineConfig, devices } from '@playwright/test';
import { canRecord, machineBrowser } from './tests/staging/machine-browser.ts';
import { address, headers, rateLimitKey } from './tests/staging/staging.ts';

const reports = '../reports';
const recorded = canRecord();
if (!recorded)
  console.warn(
    'Failures get no video: there is no ffmpeg. Install it (apt-get install ffmpeg), or run `npx playwright install ffmpeg`.',
  );

/** The browser suite against a running staging: `npx playwright test --config=playwright.staging.config.ts`. */
export default defineConfig({
  testDir: 'tests/staging',
  outputDir: `${reports}/browser`,
  globalSetup: './tests/staging/is-reachable.ts',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  // Without the key of this staging, two browsers would send more than it allows one address.
  workers: rateLimitKey ? 2 : 1,
  // What fails takes a release back: it has to fail twice.
  retries: process.env.CI ? 1 : 0,
  // A busy staging is slow, not wrong: how long answers take is the load test's question.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [
    // Before those that show and store what it takes the secrets out of.
    ['./tests/staging/redact-failures.ts'],
    ['list'],
    ['junit', { outputFile: `${reports}/browser.xml`, stripANSIControlSequences: true }],
  ],
  use: {
    baseURL: address,
    extraHTTPHeaders: headers,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    trace: 'retain-on-failure',
    video: recorded ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    ...machineBrowser(),
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'] }, testIgnore: 'mobile.spec.ts' },
    {
      name: 'mobile',
      use: { ...devices['Pixel 7'] },
      testMatch: ['mobile.spec.ts', 'accessibility.spec.ts'],
    },
  ],
});
