import { commandOf } from '../repository/package-commands.ts';
import { packageRoot } from '../repository/repository.ts';
import { run } from '../terminal/process.ts';

/** Source text as the formatter of the package's repository wants it in the file `path`. */
export async function formatted(source: string, path: string): Promise<string> {
  const options = { cwd: packageRoot, input: source };
  return `${await run(commandOf('biome'), ['format', `--stdin-file-path=${path}`], options)}\n`;
}
