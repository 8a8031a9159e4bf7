import { CommandFailed } from '../../shared/src/errors.ts';
import type { MigrationResult } from './transport.ts';

/** A migration that failed: what had been reported until then comes along. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
  readonly result: MigrationResult;

  constructor(message: string, result: MigrationResult, options?: ErrorOptions) {
    super(message, options);
    this.result = result;
  }
}

/** The error with what the command behind it had reported, or as it is where it came from no command. */
export function reportedUntil(error: unknown, read: (stdout: string) => MigrationResult): unknown {
  const command = commandBehind(error);
  if (command === undefined || !(error instanceof Error)) return error;
  return new MigrationFailed(error.message, read(command.stdout), { cause: error });
}

function commandBehind(error: unknown): CommandFailed | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof CommandFailed) return each;
  }
  return undefined;
}
