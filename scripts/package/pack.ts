import { cp, glob, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandOf } from '../repository/package-commands.ts';
import { packageRoot } from '../repository/repository.ts';
import { main } from '../terminal/main.ts';
import { run } from '../terminal/process.ts';

// What a module reads beside itself at run time, since the compiler leaves it where it is.
const beside = [
  'src/typed/actions.lock.json',
  'scripts/local/surroundings/surroundings.yml',
  'scripts/local/images/**',
  'scripts/local/third-party/**',
  'scripts/local/machine/tools/**',
  'actions/shared/src/**/*.sh',
  'actions/*/src/**/*.{py,sh,txt}',
];

/** Compiles the package to JavaScript with declarations, in lib/: Node.js runs no TypeScript inside node_modules. */
await main(async () => {
  const target = join(packageRoot, 'lib');
  await rm(target, { recursive: true, force: true });
  await run(commandOf('tsc'), ['--project', 'tsconfig.package.json'], { cwd: packageRoot });
  for (const pattern of beside)
    for await (const entry of glob(pattern, { cwd: packageRoot, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.ts')) continue;
      const source = join(entry.parentPath, entry.name);
      const copy = join(target, source.slice(packageRoot.length + 1));
      await mkdir(dirname(copy), { recursive: true });
      await cp(source, copy);
    }
  return 0;
});
