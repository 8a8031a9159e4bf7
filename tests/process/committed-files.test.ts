import { expect, it } from 'vitest';
import { AdoptingRepository, workflowWith } from './adopting-repository.ts';

const workflow = workflowWith(`  .step({
    name: 'Ask',
    uses: './actions/smoke-test',
    with: { url: 'http://localhost', commit: 'x', checks: '[]' },
  })`);

/** What the check says of the files to commit, where .gitignore holds these lines. */
async function checked(ignored: string, commit = false) {
  await using repository = await AdoptingRepository.make({ 'pipeline/staging.ts': workflow });
  await repository.run(['build', '--no-lint']);
  if (commit) {
    await repository.git('add', '--all');
    await repository.git('commit', '--quiet', '--message', 'All');
  }
  await repository.write('.gitignore', ignored);
  const { output } = await repository.run(['check']);
  return output;
}

const passes = /✓ Files to commit /;

it('is content where nothing is hidden that has to be committed', async () => {
  expect(await checked('node_modules/\n*.log\ndist/\n')).toMatch(passes);
});

it('is content with what is ignored and tracked all the same', async () => {
  expect(await checked('*.mjs\n.env*\n', true)).toMatch(passes);
});

it('is content with an exception from a rule', async () => {
  expect(await checked('.env*\n!.env.example\n')).toMatch(passes);
});

it('names each file that GitHub or the server would lack, the rule, and what to add', async () => {
  const output = await checked('*.mjs\n.env*\n');
  expect(output).toMatch(/✗ Files to commit /);
  for (const line of [
    '  pipeline/actions/smoke-test/index.mjs is ignored by .gitignore:1: *.mjs',
    '  .env.example is ignored by .gitignore:2: .env*',
    '  !/pipeline/actions/smoke-test/index.mjs',
    '  !/.env.example',
  ])
    expect(output.split('\n')).toContain(line);
});
