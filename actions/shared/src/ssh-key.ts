import { runCommand } from './command.ts';
import { CommandFailed, InvalidInput } from './errors.ts';

/** The text with Unix line ends and a last newline: what web forms and secret stores lose, and OpenSSH insists on. */
export function normaliseLines(text: string): string {
  return `${text.replaceAll(/\r\n?/g, '\n').trim()}\n`;
}

/** Lets OpenSSH read the private key in `file`, and throws `InvalidInput` that says what is wrong with it. */
export async function checkPrivateKey(file: string): Promise<void> {
  try {
    await runCommand('ssh-keygen', ['-y', '-P', '', '-f', file], { timeout: 10_000 });
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.exitCode === undefined) throw error;
    if (error.stderr.includes('incorrect passphrase')) {
      throw new InvalidInput(
        'input private-key is protected by a passphrase that nobody can type here: make a key of its own for ' +
          "deploying (ssh-keygen -t ed25519 -N '' -f deploy-key)",
        { cause: error },
      );
    }
    throw new InvalidInput(
      'input private-key is malformed: it must be the whole file, from -----BEGIN to END-----, of the private key ' +
        '(not the .pub file)',
      { cause: error },
    );
  }
}
