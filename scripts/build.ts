import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, differences, generate } from './generated-files.ts';
import { repositoryRoot } from './repository.ts';

await using made = await mkdtempDisposable(join(tmpdir(), 'generated-'));
await generate(made.path);
const changed = await differences(made.path, repositoryRoot);
await apply(changed, { made: made.path, present: repositoryRoot });
for (const { path, state } of changed)
  console.log(`${state === 'stale' ? 'removed' : 'wrote'} ${path}`);
if (changed.length === 0) console.log('Every generated file is up to date.');
