import { ensureCommands } from '../local/machine/debian-packages.ts';

let ensured: Promise<unknown> | undefined;

/** Installs ShellCheck where it is missing; once, however many checks that run at the same time ask for it. */
export async function ensureShellCheck(): Promise<void> {
  ensured ??= ensureCommands({ shellcheck: 'shellcheck' });
  await ensured;
}
