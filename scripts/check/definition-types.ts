import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from '../local/machine/cache.ts';
import { commandOf } from '../repository/package-commands.ts';
import { type Definitions, packageRoot } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { runChecker } from './checker.ts';
import { readableTypeErrors } from './type-errors.ts';

/** Checks the types of a repository's definitions, and of nothing else; half a second after the first time. */
export async function checkDefinitionTypes({ root, folder }: Definitions): Promise<void> {
  const definitions = join(root, folder);
  const cache = cached(
    'types',
    createHash('sha256').update(definitions).digest('hex').slice(0, 16),
  );
  await mkdir(cache, { recursive: true });
  const project = join(cache, 'tsconfig.json');
  await writeFile(project, JSON.stringify(configuration(definitions, cache)));
  try {
    await runChecker({
      command: commandOf('tsc'),
      args: ['--project', project, '--pretty', 'false'],
      // Errors name files relative to it.
      cwd: root,
      advice: '',
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(readableTypeErrors(error.message), { cause: error });
  }
}

function configuration(definitions: string, cache: string): object {
  return {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      // In the package's own repository its sources are used.
      ...(packageRoot.includes('/node_modules/') ? {} : { customConditions: ['source'] }),
      types: ['node'],
      typeRoots: [join(commandOf('tsc'), '../../@types')],
      noEmit: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      incremental: true,
      tsBuildInfoFile: join(cache, 'tsbuildinfo'),
    },
    include: [join(definitions, '*.ts')],
  };
}
