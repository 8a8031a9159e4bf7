import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { dependabotEarlier, dependabotOf } from '../../scripts/build/dependabot.ts';
import { apply, differences } from '../../scripts/build/generated-files.ts';
import { type Dependabot, dependabotFaults } from '../../src/project/dependabot.ts';
import { smallProject } from './small-project.ts';

const path = '.github/dependabot.yml';

/** Builds the file of a project with these settings, and says what that changed. */
async function built(root: string, dependabot: Dependabot | undefined) {
  const project = smallProject({
    root,
    images: {
      api: { context: 'api', dockerfile: 'api/Dockerfile' },
      worker: { context: 'api', dockerfile: 'api/Dockerfile' },
    },
    ...(dependabot && { dependabot }),
  });
  const made = await dependabotOf({ root, folder: 'ci', project });
  const changed = await differences(root, made, await dependabotEarlier(root));
  await apply(root, made, changed);
  return changed.map(({ state }) => state);
}

it('names what the project has, is out of date when that changes, and goes with the settings', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'dependabot-'));
  const root = folder.path;
  expect(await built(root, undefined)).toEqual([]);
  expect(await built(root, { interval: 'weekly', packages: { npm: ['.', 'web'] } })).toEqual([
    'missing',
  ]);
  const { version, updates } = parse(await readFile(join(root, path), 'utf8'));
  expect(version).toBe(2);
  const folders = updates.map((each: Record<string, unknown>) => [
    each['package-ecosystem'],
    each.directories,
  ]);
  expect(folders).toEqual([
    ['github-actions', ['/']],
    ['docker', ['/api']],
    ['docker-compose', ['/']],
    ['npm', ['/', '/web']],
  ]);
  expect(await built(root, { interval: 'weekly', packages: { npm: ['.', 'web'] } })).toEqual([]);
  expect(await built(root, { interval: 'daily' })).toEqual(['out of date']);
  expect(await built(root, undefined)).toEqual(['stale']);
});

it('is not written over what somebody wrote by hand', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'dependabot-'));
  await mkdir(join(folder.path, '.github'));
  await writeFile(join(folder.path, path), 'version: 2\n');
  await expect(built(folder.path, { interval: 'weekly' })).rejects.toThrow('written by hand');
  expect(await built(folder.path, undefined)).toEqual([]);
});

it('needs packages where the settings say that there are some', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'dependabot-'));
  await writeFile(join(folder.path, 'package.json'), '{}');
  const packages = { npm: ['.', 'web'], pip: ['.'] };
  expect(dependabotFaults(folder.path, { interval: 'weekly', packages })).toEqual([
    'dependabot: web has none of package.json, so npm has no packages there',
    expect.stringContaining('so pip has no packages there'),
  ]);
});
