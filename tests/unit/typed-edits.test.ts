import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readableTypeErrors } from '../../scripts/check/type-errors.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { ownFiles, removeEdits, saidOf, writeEdit } from '../typed/edited/build-edits.ts';
import type { Edit } from '../typed/edited/edit.ts';
import { mistakes } from '../typed/edited/mistakes.ts';
import { rightEdits } from '../typed/edited/right-edits.ts';

const folder = join(packageRoot, `tests/typed/edited/.edits-${process.pid}`);
const edits: readonly Edit[] = [...mistakes, ...rightEdits];
const placeOf = (edit: Edit) => `edit-${edits.indexOf(edit)}`;
const minutes = 60_000;

let files: Awaited<ReturnType<typeof ownFiles>>;
/** What the compiler says of each edit, by its folder. */
const typeErrors = new Map<string, string>();

beforeAll(async () => {
  files = await ownFiles();
  for (const edit of edits) await writeEdit(edit, join(folder, placeOf(edit)));
  await mkdir(folder, { recursive: true });
  const project = join(folder, 'tsconfig.json');
  await writeFile(
    project,
    JSON.stringify({
      extends: join(packageRoot, 'tsconfig.json'),
      compilerOptions: { noEmit: true },
      include: ['edit-*/*.ts'],
    }),
  );
  const { stdout } = await execa('tsc', ['--project', project, '--pretty', 'false'], {
    cwd: packageRoot,
    preferLocal: true,
    reject: false,
  });
  for (const error of stdout.split(/\n(?=\S)/)) {
    const [place] = /edit-\d+/.exec(error) ?? [];
    if (place) typeErrors.set(place, `${typeErrors.get(place) ?? ''}${error}\n`);
  }
}, 5 * minutes);

afterAll(async () => {
  await removeEdits(folder);
});

/** The compiler's words where it finds something, otherwise what the build's rules say. */
async function told(edit: Edit): Promise<readonly string[]> {
  const errors = typeErrors.get(placeOf(edit));
  if (errors !== undefined) return readableTypeErrors(errors).split('\n');
  return await saidOf(edit, join(folder, placeOf(edit)), files);
}

describe('a mistake', () => {
  it.each(mistakes.map((mistake) => [`${mistake.kind}: ${mistake.name}`, mistake] as const))(
    '%s',
    async (_, mistake) => {
      const said = await told(mistake);
      expect(said.join('\n')).toContain(mistake.says);
      expect(said.length).toBeLessThanOrEqual(4);
    },
    minutes,
  );
});

describe('nothing is said of', () => {
  it.each(rightEdits.map((edit) => [edit.name, edit] as const))(
    '%s',
    async (_, edit) => {
      expect(await told(edit)).toEqual([]);
    },
    minutes,
  );
});
