import { expect, it } from 'vitest';
import { suiteCommand } from '../../scripts/local/suites/suites.ts';
import project from '../../workflows/settings.ts';

it('runs the commands of the guide as it writes them', () => {
  const written = Object.entries(project.suites).map(([name, suite]) => [
    name,
    suite.folder,
    suiteCommand(suite, 'http://localhost:8081').join(' '),
  ]);
  expect(written).toEqual([
    ['integration', '.', 'pytest tests/integration/ --base-url=http://localhost:8081'],
    ['browser', 'frontend', 'npx playwright test --config=playwright.staging.config.ts'],
    ['load', '.', 'k6 run tests/load/staging-load-test.js'],
  ]);
});
