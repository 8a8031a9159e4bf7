import { runChecker } from '../../check/checker.ts';
import { commandOf } from '../../repository/package-commands.ts';
import { packageRoot } from '../../repository/repository.ts';

/** Checks the types of everything but the frontend, which has a compiler of its own. */
export async function checkTypes(): Promise<void> {
  await runChecker({
    command: commandOf('tsc'),
    args: [],
    cwd: packageRoot,
    advice: 'Mend the types.',
  });
}

/** Checks lint rules and format of every TypeScript, JSON and CSS file, the frontend's too. */
export async function checkFormat(): Promise<void> {
  await runChecker({
    command: commandOf('biome'),
    args: ['check', '--colors=off', '--error-on-warnings'],
    cwd: packageRoot,
    advice: 'Most of it mends itself: npx biome check --write',
  });
}
