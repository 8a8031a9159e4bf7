import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readExecutor } from '../../actions/shared/src/executor.ts';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'executor-'));
});
afterEach(async () => await rm(base, { recursive: true }));

async function lock(reason: string) {
  const words = ['--base', base, '--owner', 'cli:anna@pc', '--actor', 'anna', '--reason', reason];
  const input = await readExecutor();
  return await execa('sh', ['-s', 'lock', ...words], { input, reject: false });
}

it('takes no reason that does more to a terminal than be read', async () => {
  for (const mark of [
    '\u001b[2J',
    '\u0007',
    '\u009b2J',
    '\u0085',
    '\u202e',
    '\u2066',
    '\u200b',
    '\n',
    '\ufeff',
  ])
    expect(await lock(`Demo ${mark}until 16:00`)).toMatchObject({
      exitCode: 1,
      stderr: 'error: the reason has control characters',
    });
});

it('keeps what people write, and makes JSON of it', async () => {
  expect(await lock('Démo "à" 16 h \\ ✅ 漢字')).toMatchObject({ exitCode: 0 });
  const [line = ''] = (await readFile(join(base, 'state/journal.jsonl'), 'utf8')).split('\n');
  expect(JSON.parse(line)).toHaveProperty(
    'detail',
    expect.stringContaining("Démo 'à' 16 h / ✅ 漢字"),
  );
});
