import { describe, expect, it } from 'vitest';
import type { Suite } from '../../src/project/suites.ts';
import { suiteFaults } from '../../src/project/suites.ts';
import { checkSettings, repositorySettings, stagingEnvironment } from '../../src/stages/index.ts';
import { testStaging } from '../../src/stages/test-staging.ts';
import { compile } from '../../src/typed/compile.ts';
import { workflow } from '../../src/typed/index.ts';
import { smallProject } from './small-project.ts';

const suite: Suite = {
  name: 'Contract',
  needs: {},
  folder: '.',
  command: ['run-tests', '--url', '{url}/v1', "it's $HOME"],
  report: 'out/report.xml',
  limit: 5,
  onFailure: 'warn',
};

const environment = stagingEnvironment('staging');
const settings = checkSettings({ repository: repositorySettings(), environment });

/** The steps of the job of a suite. */
function stepsOf(changes: Partial<Suite>, strict = false) {
  const project = smallProject({ suites: { contract: { ...suite, ...changes } } });
  const made = testStaging('contract', { project, environment, after: settings, strict });
  const { plain } = compile(
    workflow('example', {
      name: 'Example',
      on: { push: {} },
      permissions: {},
      jobs: [settings, made],
    }),
    { source: 'example.ts', command: 'build' },
  );
  return plain.jobs.contract?.steps ?? [];
}

const scripts = (...given: Parameters<typeof stepsOf>) => stepsOf(...given).map(({ run }) => run);

describe('the job of a suite', () => {
  it('has a command that no shell reads anything into, but the address', () => {
    expect(scripts({})).toContain(`run-tests --url "$STAGING_URL"/v1 'it'\\''s $HOME'`);
  });

  it('sets up what the suite needs, in its folder', () => {
    const needs = { node: { version: '22' }, browser: true, k6: '1.8.1' };
    const steps = stepsOf({ needs, folder: 'web' });
    expect(steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'))?.with).toMatchObject({
      'node-version': '22',
      'cache-dependency-path': 'web/package-lock.json',
    });
    const install = steps.find(({ run }) => run === 'npm ci');
    expect(install).toMatchObject({ 'working-directory': 'web' });
    expect(steps.some(({ run }) => run?.includes('go.k6.io/k6@v1.8.1'))).toBe(true);
  });

  it('leaves nothing that goes wrong green where it is strict', () => {
    const tests = (strict: boolean) => stepsOf({}, strict).find(({ name }) => name === 'Tests');
    expect(tests(false)).toHaveProperty('continue-on-error', true);
    expect(tests(true)).not.toHaveProperty('continue-on-error');
    expect(scripts({}, true).some((script) => script?.includes('exit 1'))).toBe(true);
  });

  it('is none where the settings have no such suite', () => {
    const project = smallProject({ suites: { contract: suite } });
    expect(() => testStaging('load', { project, environment, after: settings })).toThrow(
      'the settings have no suite load; they have: contract',
    );
  });
});

it.each([
  ['an id that no job can have', { 'a b': suite }, 'suites: "a b" is no id of a job'],
  ['a report elsewhere', { a: { ...suite, report: '../r.xml' } }, 'suites.a: ../r.xml is not'],
  ['no time', { a: { ...suite, limit: 0 } }, 'suites.a.limit: 0 is no number of minutes'],
])('settings with %s are refused', (_, suites, message) => {
  expect(suiteFaults({ good: suite, ...suites })).toEqual([expect.stringContaining(message)]);
});
