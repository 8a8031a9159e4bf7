import { describe, expect, it } from 'vitest';
import { lintWithLanguageService } from '../../scripts/lint/languageservice.ts';
import type { ActionFacts } from '../../src/typed/action-facts.ts';
import { compileChanged } from './typed-definitions.ts';

const actions: ReadonlyMap<string, ActionFacts> = new Map([
  [
    'actions/checkout',
    {
      uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
      inputs: { 'persist-credentials': { default: 'true' }, 'fetch-depth': { default: '1' } },
      outputs: ['commit', 'ref'],
      permissions: {},
    },
  ],
  [
    './actions/deploy',
    { uses: './actions/deploy', inputs: {}, outputs: ['release'], permissions: {} },
  ],
]);
const declared = { secrets: ['DEPLOY_KEY'], vars: ['HOST'] };
const root = new URL('fixtures/lint', import.meta.url).pathname;

async function lint(yaml: string) {
  const file = { path: '.github/workflows/deploy.yml', text: yaml };
  return await lintWithLanguageService(file, { root, declared, actions });
}

it('finds nothing in a workflow without mistakes', async () => {
  await using unchanged = await compileChanged('Stage', 'Stage');
  expect(await lint(unchanged.yaml)).toEqual([]);
});

it('says of a called workflow only what it can know: whether one of this repository is there', async () => {
  const calling = (uses: string) => `on: push
jobs:
  release:
    uses: ${uses}
`;
  const sha = '0123456789012345678901234567890123456789';
  expect(await lint(calling(`octo/shared/.github/workflows/release.yml@${sha}`))).toEqual([]);
  const [missing] = await lint(calling('./.github/workflows/nowhere.yml'));
  expect(missing).toMatchObject({ line: 4, message: 'Unable to find reusable workflow' });
});

describe('finds a mistake at its line of the YAML and of the definitions:', () => {
  const mistakes = [
    [
      'an input that the action does not have',
      "'fetch-depth': 0",
      "'fetch-dept': 0",
      'unknown-input',
      'fetch-dept: 0',
      "'fetch-dept': 0 },",
    ],
    [
      'a required input that is missing',
      "  'private-key': '${{ secrets.DEPLOY_KEY }}',\n",
      '',
      'missing-required-inputs',
      'with:',
      'with: {',
    ],
    [
      'an input of our own action',
      "command: 'stage'",
      "comand: 'stage'",
      'unknown-input',
      'comand: stage',
      "comand: 'stage',",
    ],
    [
      'an action that is not locked',
      'checkout@3d',
      'checkout@4d',
      'unknown-action',
      'uses: actions/checkout@4d3c42e5aac5ba805825da76410c181273ba90b1',
      "uses: 'actions/checkout@4d3c42e5aac5ba805825da76410c181273ba90b1',",
    ],
    [
      'an own action that does not exist',
      './actions/deploy',
      './actions/deplo',
      'invalid-uses-format',
      'uses: ./actions/deplo',
      "uses: './actions/deplo',",
    ],
    [
      'an undeclared secret',
      'secrets.DEPLOY_KEY',
      'secrets.DEPLOY_KYE',
      'unknown-context',
      'private-key: ${{ secrets.DEPLOY_KYE }}',
      "'private-key': '${{ secrets.DEPLOY_KYE }}',",
    ],
    [
      'an undeclared variable',
      'vars.HOST',
      'vars.HOTS',
      'unknown-context',
      'host: ${{ vars.HOTS }}',
      "host: '${{ vars.HOTS }}',",
    ],
    [
      'an output that the action does not have',
      'stage.outputs.release',
      'stage.outputs.relase',
      'unknown-context',
      'RELEASE: ${{ steps.stage.outputs.relase }}',
      "RELEASE: '${{ steps.stage.outputs.relase }}' },",
    ],
    [
      'a step that does not exist',
      'steps.stage.outputs',
      'steps.stag.outputs',
      'unknown-context',
      'RELEASE: ${{ steps.stag.outputs.release }}',
      "RELEASE: '${{ steps.stag.outputs.release }}' },",
    ],
    [
      'an output of a job that is not needed',
      'needs: [test],\n  if: "always() && needs',
      'needs: [],\n  if: "always() && needs',
      'unknown-context',
      "if: always() && needs.test.result == 'success'",
      'if: "always() && needs.test.result == \'success\'",',
    ],
    [
      'a job that does not exist',
      'needs: [test]',
      "needs: ['tets']",
      'needs',
      '- tets',
      "'tets'],",
    ],
    [
      'a function that does not exist',
      'always()',
      'allways()',
      'unknown-context',
      "if: allways() && needs.test.result == 'success'",
      'if: "allways() && needs.test.result == \'success\'",',
    ],
    [
      'a permission that cannot be given',
      "contents: 'read' },\n  services",
      "contents: 'reed' },\n  services",
      'unexpected-value',
      'contents: reed',
      "contents: 'reed' },",
    ],
    [
      'a key that a step does not have',
      "shell: 'bash'",
      "shel: 'bash'",
      'unexpected-value',
      'shel: bash',
      "shel: 'bash',",
    ],
    [
      'an event that does not exist',
      'push:',
      'pusch:',
      'unexpected-value',
      'pusch:',
      "pusch: { branches: ['develop'] }, schedule: [{ cron: '0 3 * * 1' }] },",
    ],
    [
      'a schedule that is none',
      '0 3 * * 1',
      '0 30 * * 1',
      'invalid-workflow',
      '- cron: 0 30 * * 1',
      "cron: '0 30 * * 1' }] },",
    ],
    [
      'a job without a runner',
      "'runs-on': 'ubuntu-24.04',\n  'timeout-minutes': 5,\n  environment",
      "'timeout-minutes': 5,\n  environment",
      'missing-property',
      'name: Deploy',
      "job('deploy', {",
    ],
  ] as const;

  it.each(mistakes)('%s', async (_, from, to, rule, inYaml, inDefinitions) => {
    await using changed = await compileChanged(from, to);
    const found = (await lint(changed.yaml)).map((finding) => ({
      rule: finding.rule,
      yaml: changed.yaml.split('\n')[finding.line - 1]?.trim(),
      definitions: changed.source(finding),
    }));
    expect(found).toContainEqual({ rule, yaml: inYaml, definitions: inDefinitions });
  });
});
