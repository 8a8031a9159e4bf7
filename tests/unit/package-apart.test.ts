import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { packageRoot } from '../../scripts/repository/repository.ts';

/** The guide's own scripts lie among those of the package. */
const ofTheProject = /^scripts\/(?:export_anonymized|anonymize|pg_service)\b/;

/** The files of the package by path, without what is bundled and without their tests. */
async function packageFiles(pattern: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const entries = glob(`{src,scripts,actions,bin}/${pattern}`, {
    cwd: packageRoot,
    withFileTypes: true,
  });
  for await (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(packageRoot.length + 1);
    if (!entry.isFile() || /\/(?:dist|tests)\//.test(path) || ofTheProject.test(path)) continue;
    files.set(path, await readFile(join(packageRoot, path), 'utf8'));
  }
  return files;
}

it('names nothing of the project that lies beside it', async () => {
  const files = await packageFiles('**/*');
  expect(files.size).toBeGreaterThan(400);
  const naming = [...files].filter(([, text]) => /azals|tenant-test|customers/i.test(text));
  expect(naming.map(([path]) => path)).toEqual([]);
});

it('imports nothing of the project', async () => {
  const importing = [...(await packageFiles('**/*.ts'))].filter(([, text]) =>
    /from '(?:\.\.\/)+(?:workflows|api|frontend|infra)\//.test(text),
  );
  expect(importing.map(([path]) => path)).toEqual([]);
});

it('depends on what its command line imports, and on no more', async () => {
  const dependencies = new Set(Object.keys(manifest.dependencies));
  const files = await packageFiles('**/*.ts');
  const paths = new Set(
    [...files.keys()].filter((path) => !/^(?:scripts\/package|actions)\//.test(path)),
  );
  // Of the smoke test it takes how checks are written: what asks them runs in the action alone.
  const importedBy = (path: string) =>
    importsOf(files.get(path) ?? '', path.startsWith('actions/smoke-test/'));
  for (const path of paths)
    for (const name of importedBy(path))
      if (name.startsWith('.')) paths.add(join(dirname(path), name));
  const imported = [...paths].flatMap(importedBy);
  const packages = imported
    .filter((name) => !name.startsWith('.'))
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  expect([...new Set(packages)].filter((name) => !dependencies.has(name))).toEqual([]);
});

/** What a module imports, types apart. */
function importsOf(text: string, onlyAtOnce: boolean): string[] {
  const atOnce = /^(?:import|export) (?!type)[^;]*? from '([^']+)'/gm;
  const later = /import\('([^']+)'/g;
  return [atOnce, ...(onlyAtOnce ? [] : [later])].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = '']) => name),
  );
}
