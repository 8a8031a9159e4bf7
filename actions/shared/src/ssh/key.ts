import { runCommand } from '../command.ts';
import { CommandFailed, InvalidInput } from '../errors.ts';

/** Throws `InvalidInput` where the text can be told at sight not to be a private key for OpenSSH. */
export function checkPrivateKeyText(text: string): void {
  const key = text.trim();
  if (key === '') throw new InvalidInput(`input private-key is empty: it must be ${wholeFile}`);
  if (/^(?:ssh-|ecdsa-|sk-)\S+\s+AAAA|^-+ ?BEGIN (?:SSH2 |RSA )?PUBLIC KEY/.test(key)) {
    throw new InvalidInput(
      `input private-key is the public half (the .pub file): it must be ${wholeFile}`,
    );
  }
  if (key.startsWith('PuTTY-User-Key-File')) {
    throw new InvalidInput(
      'input private-key is in the format of PuTTY: convert it (puttygen key.ppk -O private-openssh -o key)',
    );
  }
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
      `input private-key is malformed: it must be ${wholeFile}, with its line breaks`,
      {
        cause: error,
      },
    );
  }
}

const wholeFile =
  'the whole file, from -----BEGIN to END-----, of the private key (not the .pub file)';
