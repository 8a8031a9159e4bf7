import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { copyOfRepository } from './copy-of-repository.ts';

it('compiles on every save, also where an editor replaces the file, and after a mistake', {
  timeout: 120_000,
}, async () => {
  await using repository = await copyOfRepository();
  const source = join(repository.path, 'workflows/settings.ts');
  const compiled = join(repository.path, '.github/workflows/staging.yml');
  const original = await readFile(source, 'utf8');
  const save = async (run: string) => {
    await writeFile(`${source}.new`, original.replace("run: 'pytest'", `run: '${run}'`));
    await rename(`${source}.new`, source);
  };
  const controller = new AbortController();
  const watching = execa(process.execPath, ['--conditions=source', 'scripts/cli.ts', 'watch'], {
    cwd: repository.path,
    all: true,
    reject: false,
    cancelSignal: controller.signal,
  });
  let printed = '';
  watching.all.on('data', (chunk) => {
    printed += chunk;
  });
  const waits = { timeout: 60_000, interval: 50 };
  const times = (pattern: RegExp) => printed.match(pattern)?.length ?? 0;
  try {
    await expect.poll(() => times(/ compiled;/g), waits).toBe(1);
    await save('pytest --first');
    await expect.poll(() => readFile(compiled, 'utf8'), waits).toContain('run: pytest --first');
    await save('echo "$NOBODY"');
    await expect.poll(() => times(/wrong, see above;/g), waits).toBe(1);
    expect(printed).toMatch(/workflows\/settings\.ts:\d+:\d+: the script reads \$NOBODY/);
    await save('pytest --second');
    await expect.poll(() => readFile(compiled, 'utf8'), waits).toContain('run: pytest --second');
  } finally {
    controller.abort();
    await watching;
  }
});
