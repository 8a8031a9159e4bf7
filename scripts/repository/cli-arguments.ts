import { fileURLToPath } from 'node:url';

/** The arguments of Node.js for a command of this package in a process of its own. */
export function cliArguments(words: readonly string[]): string[] {
  const source = import.meta.url.endsWith('.ts');
  const cli = fileURLToPath(new URL(source ? '../cli.ts' : '../cli.js', import.meta.url));
  return [...(source ? ['--conditions=source'] : []), cli, ...words];
}
