import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Imported, importWorkflow } from '../../scripts/import/workflow.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { meaning } from './import-meaning.ts';
import { compileImported, typeErrorsOf } from './imported-definitions.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const written = join(packageRoot, 'tests/unit/fixtures/import');
const own = join(packageRoot, '.github/workflows');
const files = [written, own].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);

const imported = new Map(files.map(({ name, text }) => [name, importWorkflow(name, text)]));
const of = (name: string) => imported.get(name) as Imported;

describe('compiled again', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let compiled: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    compiled = await compileImported(folder.path, [...imported.values()]);
  });
  afterAll(async () => await folder[Symbol.asyncDispose]());

  it.each(files)('$name means the same', ({ name, text }) => {
    const { id } = of(name);
    expect(meaning(compiled.get(id) ?? '', text)).toEqual(meaning(text));
  });

  it('has no error of a type', async () => {
    expect(await typeErrorsOf(folder.path, [...imported.values()])).toEqual([]);
  });
});
