import { join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { Adopter, command, folder } from './adopter.ts';

const { root, tarball } = inject('adopter');
const adopter = new Adopter(root, tarball);
const compiled = '.github/workflows/staging.yml';

/** What git shows of the working tree, by path. */
async function changes(): Promise<Record<string, string>> {
  const printed = await adopter.git('status', '--porcelain', '--untracked-files=all');
  const lines = printed.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(2).trim(), line.slice(0, 2).trim()]));
}

describe('a monorepo that takes the package in', () => {
  beforeEach(async () => {
    await adopter.checkOut('before');
    await adopter.addPipeline();
    await adopter.git('checkout', '--quiet', 'adopted', '--', `${folder}/package-lock.json`);
    await adopter.git('reset', '--quiet');
  });

  it('has, once it is built, the files that a maintainer writes, the workflow and the actions, and no other change', async () => {
    const { printed, exitCode } = await adopter.pipeline('build');
    expect(printed).not.toMatch(/error|warning/i);
    expect(exitCode).toBe(0);
    const found = await changes();
    expect(new Set(Object.values(found))).toEqual(new Set(['??']));
    const copies = Object.keys(found).filter((path) => path.startsWith(`${folder}/actions/`));
    expect(Object.keys(found).filter((path) => !copies.includes(path))).toEqual([
      '.github/workflows/staging.yml',
      'ci/staging/package-lock.json',
      'ci/staging/package.json',
      'ci/staging/settings.ts',
      'ci/staging/staging.ts',
      'deploy/compose.staging.yml',
      'deploy/edge/nginx.conf',
      'deploy/edge/routes/backend/.gitkeep',
      'deploy/edge/routes/web/.gitkeep',
      'deploy/staging.env.example',
    ]);
    expect(new Set(copies.map((path) => path.split('/')[3]))).toEqual(
      new Set(['run-migrations', 'scan-report', 'slack-notify', 'smoke-test', 'ssh-deploy']),
    );
  });

  it('is told which generated files its .gitignore hides, and by which rule; what it is told to add mends it', async () => {
    await adopter.write({ '.gitignore': `${await adopter.read('.gitignore')}actions/\n` });
    await adopter.pipeline('build', '--no-lint');
    const { printed, exitCode } = await adopter.pipeline('check');
    expect(printed).toContain(
      'ci/staging/actions/ssh-deploy/index.mjs is ignored by .gitignore:10: actions/',
    );
    expect(exitCode).toBe(1);
    const [, advice = ''] = printed.split(/add to \.gitignore:\n/);
    const rules = advice.match(/!\S+/g)?.join('\n');
    await adopter.write({ '.gitignore': `${await adopter.read('.gitignore')}${rules}\n` });
    expect((await adopter.pipeline('check')).printed).not.toContain('is ignored by');
    expect(Object.keys(await changes())).toContain('ci/staging/actions/ssh-deploy/index.mjs');
  });

  it('is told to build before it is checked', async () => {
    const { printed, exitCode } = await adopter.pipeline('check');
    expect(printed).toContain(`${compiled} is missing, so it is not checked`);
    expect(printed).not.toMatch(/^ {4}at /m);
    expect(exitCode).toBe(1);
  });

  it('is told that its .gitignore hides the example of the environment', async () => {
    await adopter.git('add', '--all');
    await adopter.git('mv', 'deploy/staging.env.example', 'deploy/.env.staging.example');
    await adopter.git('reset', '--quiet');
    await adopter.pipeline('build', '--no-lint');
    await adopter.edit(`${folder}/settings.ts`, [
      'deploy/staging.env.example',
      'deploy/.env.staging.example',
    ]);
    const { printed, exitCode } = await adopter.pipeline('check');
    expect(printed).toContain('deploy/.env.staging.example is ignored by .gitignore:4: .env.*');
    expect(exitCode).toBe(1);
  });
});

describe('a monorepo that has taken the package in', () => {
  beforeEach(async () => {
    await adopter.checkOut('adopted');
  });

  it('is green for check, from any of its folders, whatever its own workflows hold', async () => {
    const program = join(root, folder, 'node_modules/.bin/staging-pipeline');
    for (const from of [folder, 'src/workshop']) {
      const { printed, exitCode } = await command(join(root, from), [program, 'check']);
      expect(printed).toContain('Files to commit');
      expect(printed).not.toContain('nightly');
      expect(exitCode, printed).toBe(0);
    }
    expect(await changes()).toEqual({});
  });

  it('is not changed by a second build', async () => {
    const { printed } = await adopter.pipeline('build', '--no-lint');
    expect(printed).toContain('Every generated file is up to date.');
    expect(await changes()).toEqual({});
  });

  it('keeps its own files and tooling: nothing of before is changed, its lint is green, its scripts stay CommonJS', async () => {
    expect(await adopter.git('diff', '--name-only', '--diff-filter=a', 'before')).toBe('');
    const lint = await command(root, ['npm', 'run', '--silent', 'lint']);
    expect(lint.printed).toMatch(/^\d+ files, nothing found$/);
    const where = await command(root, ['npm', 'run', '--silent', 'where']);
    expect(where.printed).toBe(join(root, 'infra/nginx/nginx.conf'));
  });

  it('has a workflow that uses the copies of the actions, and each of them is there', async () => {
    const { jobs } = parse(await adopter.read(compiled));
    const uses = Object.values<{ steps: { uses?: string }[] }>(jobs).flatMap(({ steps }) =>
      steps.flatMap((step) => (step.uses?.startsWith('./') ? [step.uses] : [])),
    );
    expect([...new Set(uses)].sort()).toEqual([
      './ci/staging/actions/run-migrations',
      './ci/staging/actions/scan-report',
      './ci/staging/actions/slack-notify',
      './ci/staging/actions/smoke-test',
      './ci/staging/actions/ssh-deploy',
    ]);
    for (const each of new Set(uses)) {
      const { runs } = parse(await adopter.read(`${each}/action.yml`));
      for (const file of [runs.main, runs.post].filter(Boolean))
        await expect(adopter.read(`${each}/${file}`), file).resolves.not.toBe('');
    }
  });

  it('knows nothing of the sample project of the package', async () => {
    const generated = [compiled, `${folder}/actions`];
    const sample = await command(root, [
      ...['git', 'grep', '--ignore-case', '--files-with-matches', '-e', 'azals'],
      ...['--', compiled],
    ] as [string, ...string[]]);
    expect(sample.printed).toBe('');
    expect(await adopter.git('ls-files', '--', ...generated)).not.toBe('');
  });

  it('finds a compiled workflow that somebody edited, and an action that is missing', async () => {
    await adopter.edit(compiled, ['name: Workshop staging\n', 'name: Production\n']);
    await adopter.git('rm', '--quiet', `${folder}/actions/ssh-deploy/post.mjs`);
    const { printed, exitCode } = await adopter.pipeline('check');
    expect(printed).toContain(`${compiled}: out of date`);
    expect(printed).toContain(`${folder}/actions/ssh-deploy/post.mjs: missing`);
    expect(exitCode).toBe(1);
  });
});
