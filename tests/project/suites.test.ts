import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { suiteCommand } from '../../scripts/local/suites/suites.ts';
import project from '../../workflows/settings.ts';
import { job, read, workflow } from './compiled-workflow.ts';

const suites = Object.entries(project.suites);
const judging = suites.filter(([, { onFailure }]) => onFailure === 'rollback').map(([id]) => id);

it('runs the commands of the guide as it writes them', () => {
  const written = suites.map(([name, suite]) => [
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

describe.each(suites)('the job of the suite %s', (id, { folder, limit, report, keeps = [] }) => {
  const { steps, permissions, environment, outputs } = job(id);
  const tests = steps.find(({ name }) => name === 'Tests');

  it('runs the same command, with the address and the secrets of the environment for it alone', () => {
    const command = suiteCommand(project.suites[id] as (typeof suites)[number][1], '{url}');
    expect(tests?.run).toBe(command.join(' ').replace('{url}', '"$STAGING_URL"'));
    expect(tests).toMatchObject(folder === '.' ? {} : { 'working-directory': folder });
    expect(Object.keys(tests?.env ?? {})).toEqual([
      'STAGING_URL',
      'TEST_TENANT_PASSWORD',
      'STAGING_RATE_LIMIT_KEY',
    ]);
    const others = JSON.stringify(steps.filter((step) => step !== tests));
    expect(others).not.toContain('secrets.');
    expect([permissions, environment]).toEqual([{ contents: 'read' }, 'staging']);
  });

  it('has its limit, and time beside it to keep the report', () => {
    expect(tests?.['timeout-minutes']).toBe(limit);
    expect(job(id)['timeout-minutes']).toBeGreaterThan(limit);
  });

  it('tells what failed and keeps the report whatever happened', () => {
    const told = steps.find((step) => step.id === 'report');
    const kept = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect([told?.if, kept?.if]).toEqual([
      'always()',
      "always() && steps.ready.outputs.ready == 'true'",
    ]);
    expect(kept?.with).toMatchObject({ name: id, path: [report, ...keeps].join('\n') });
    expect(outputs?.results).toBe('${{ steps.report.outputs.results }}');
  });

  it('takes no release back because the runner cannot reach staging', () => {
    const [reach] = steps.filter(({ run }) => run?.includes('curl'));
    expect(reach?.run).not.toContain('exit 1');
  });

  it('takes no release back because what the tests need cannot be had', () => {
    const from = steps.findIndex((step) => step.id === 'reach');
    const ready = steps.findIndex((step) => step.id === 'ready');
    const prepared = steps.slice(from + 1, ready);
    expect(prepared.length).toBeGreaterThan(0);
    for (const step of prepared)
      expect(step).toMatchObject({
        if: "steps.reach.outputs.reached == 'true'",
        'continue-on-error': true,
      });
    expect(Object.values(steps[ready]?.env ?? {})).toEqual(
      prepared.map((step) => `\${{ steps.${step.id}.outcome }}`),
    );
    expect(tests?.if).toBe("steps.ready.outputs.ready == 'true'");
  });

  it.each([
    ['success', 'success', 'ready=true'],
    ['skipped', 'failure', 'ready=false'],
  ])('tests only with all that it needs: %s, %s', (first, second, output) => {
    const script = steps.find((step) => step.id === 'ready')?.run ?? '';
    const env = { ...process.env, GITHUB_OUTPUT: '/dev/stdout', SET_UP_1: first, SET_UP_2: second };
    const { stdout } = execaSync('bash', ['-c', 'bash -ec "$1" | cat', '-', script], {
      env,
    });
    expect(stdout.split('\n')).toContain(output);
    expect(stdout.includes('::warning title=Nothing was tested::')).toBe(second === 'failure');
  });

  it('stays green only where a failure is a warning', () => {
    expect(tests?.['continue-on-error'] ?? false).toBe(!judging.includes(id));
  });
});

it('confirms after those that can take a release back, and gives them the time', () => {
  expect(job('confirm').needs).toEqual(['deploy', 'smoke', ...judging]);
  const release = job('deploy').steps.find(({ with: inputs }) => inputs?.command === 'release');
  const limits = judging.map((id) => project.suites[id]?.limit ?? 0);
  const needed = [job('smoke')['timeout-minutes'] ?? 0, ...limits].reduce(
    (sum, each) => sum + each,
  );
  expect(Number(release?.with?.['confirm-timeout'])).toBeGreaterThan(needed * 60);
});

it('runs the version of k6 that is built for the local run', () => {
  const built = /^\tgo\.k6\.io\/k6 v(\S+)/m.exec(
    read('scripts/local/machine/tools/k6/go.mod'),
  )?.[1];
  expect(project.suites.load?.needs.k6).toBe(built);
});

it('makes the test tenants before a suite signs in to them', () => {
  const checks = job('smoke').steps.find(({ id }) => id === 'ask')?.with?.checks;
  const [first] = JSON.parse(String(checks));
  expect(first).toMatchObject({ first: true, command: expect.arrayContaining(['python']) });
});

describe('by night', () => {
  const nightly = parse(read('.github/workflows/nightly.yml'));

  it('the load test runs against what is live, at an hour of Paris, beside no deployment that waits', () => {
    expect(nightly.on.schedule).toEqual([{ cron: '30 3 * * *', timezone: 'Europe/Paris' }]);
    expect(nightly.concurrency.group).not.toBe(workflow.concurrency.group);
    expect(Object.keys(nightly.jobs)).toEqual(['settings', 'load', 'notify']);
  });

  it('its failure is one, and told in Slack', () => {
    const { load, notify } = nightly.jobs;
    expect(load.steps.find(({ name }: { name: string }) => name === 'Tests')).not.toHaveProperty(
      'continue-on-error',
    );
    expect(notify.if).toContain("needs.load.result == 'failure'");
    expect(notify.steps.at(-1).with).toMatchObject({
      operation: 'test',
      stages: expect.any(String),
    });
  });
});
