import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashContent } from '../src/make-release/mounts.ts';

let workspace: string;
const path = (name: string) => join(workspace, name);

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'mounts-'));
  await mkdir(path('infra/grafana'), { recursive: true });
  await writeFile(path('infra/grafana/b.yml'), 'b');
  await writeFile(path('infra/grafana/a.yml'), 'a');
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

async function hash(): Promise<string> {
  const mount = await hashContent(workspace, 'infra/grafana');
  expect(mount).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{12}$/), path: 'infra/grafana' });
  return mount.hash;
}

it('stays the same while the content does, whenever and by whom it was checked out', async () => {
  const first = await hash();
  await utimes(path('infra/grafana/a.yml'), 1, 1);
  await chmod(path('infra/grafana/a.yml'), 0o600);
  await writeFile(path('infra/other.yml'), 'other');
  expect(await hash()).toBe(first);
});

it.each([
  ['bytes', () => writeFile(path('infra/grafana/a.yml'), 'c')],
  [
    'where bytes are',
    () =>
      writeFile(path('infra/grafana/a.yml'), 'ab').then(() =>
        writeFile(path('infra/grafana/b.yml'), ''),
      ),
  ],
  ['a new file', () => writeFile(path('infra/grafana/c.yml'), '')],
  ['a file that is gone', () => rm(path('infra/grafana/a.yml'))],
  ['a program', () => chmod(path('infra/grafana/a.yml'), 0o755)],
  ['a link', () => symlink('a.yml', path('infra/grafana/link.yml'))],
])('changes with %s', async (_, change) => {
  const first = await hash();
  await change();
  expect(await hash()).not.toBe(first);
});

it('is that of one file too, and names a path that is not there', async () => {
  const file = await hashContent(workspace, 'infra/grafana/a.yml');
  expect(file.hash).not.toBe(await hash());
  await expect(hashContent(workspace, 'infra/x')).rejects.toThrow('there is no infra/x');
});
