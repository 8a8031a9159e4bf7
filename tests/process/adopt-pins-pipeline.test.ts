import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import lock from '../../src/typed/actions.lock.json' with { type: 'json' };
import { copyOfRepository } from './copy-of-repository.ts';
import { startGitHub } from './github-repositories.ts';

const action = 'docker/login-action';
const sha = 'a2'.repeat(20);
const tag = 'v9.9.9';

/** The action's metadata as it is in the lock, but for one input. */
function metadataWithout(removed: string): string {
  const { inputs, outputs, using } = lock[action];
  const { [removed]: _, ...left } = Object.fromEntries(
    Object.entries(inputs).map(([name, { default: value, required }]) => [
      name,
      { required, ...(value === null ? {} : { default: value }) },
    ]),
  );
  const named = Object.fromEntries((outputs as string[]).map((name) => [name, {}]));
  return stringify({ name: 'Log in', inputs: left, outputs: named, runs: { using } });
}

it("takes a bot's pin into the lock, and names the line of the pipeline that it breaks", async () => {
  await using repository = await copyOfRepository();
  await using github = await startGitHub({
    [action]: {
      tags: { [tag]: sha },
      commits: { [sha]: '2026-11-01T00:00:00Z' },
      files: { [`action.yml@${sha}`]: metadataWithout('registry') },
    },
  });
  const file = (path: string) => join(repository.path, path);
  const text = (path: string) => readFile(file(path), 'utf8');
  const compiled = '.github/workflows/staging.yml';
  const old = `${action}@${lock[action].sha} # ${lock[action].tag}`;
  const bumped = (await text(compiled)).replaceAll(old, `${action}@${sha} # ${tag}`);
  expect(bumped).not.toContain(old);
  await writeFile(file(compiled), bumped);

  const { exitCode, all } = await execa(
    process.execPath,
    ['--conditions=source', 'scripts/cli.ts', 'pins'],
    {
      cwd: repository.path,
      env: { GITHUB_API_URL: github.url, GITHUB_TOKEN: '' },
      all: true,
      reject: false,
    },
  );

  const source = (await text('src/stages/build-images.ts')).split('\n');
  const line = source.findIndex((each) => each.includes('with: { registry: vars.REGISTRY')) + 1;
  expect(line).toBeGreaterThan(0);
  expect(all).toContain('  input removed: registry');
  expect(all).toMatch(
    new RegExp(
      `^src/stages/build-images\\.ts:${line}:\\d+: .*${action} has no input registry`,
      'm',
    ),
  );
  expect(exitCode).toBe(1);
  expect(JSON.parse(await text('src/typed/actions.lock.json'))[action]).toMatchObject({ sha, tag });
  expect(await text('src/typed/actions.generated.ts')).toContain(`${action}@${sha}`);
  // The definitions make the YAML that the bot made.
  expect(await text(compiled)).toBe(bumped);
});
