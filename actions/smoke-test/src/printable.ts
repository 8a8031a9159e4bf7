// ESC [ … letter: what turns text red or moves the cursor.
const ansi = new RegExp(`${String.fromCodePoint(0x1b)}\\[[0-?]*[ -/]*[@-~]`, 'g');
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const shortestSecret = 4;

/** Makes text that others wrote fit to be shown: without secrets, and without anything that does more than be read. */
export interface Printer {
  /** From now on this is shown nowhere. */
  hide(secret: string): void;
  /** The text with its lines kept. */
  print(text: string): string;
}

/** A printer that hides what it is told; `onSecret` is told the same, for the runner to mask. */
export function createPrinter(onSecret: (secret: string) => void): Printer {
  const secrets = new Set<string>();
  return {
    hide(secret) {
      // Shorter ones would tear words apart, and be guessed by that.
      if (secret.length < shortestSecret || secrets.has(secret)) return;
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
        secrets.add(form);
      onSecret(secret);
    },
    print(text) {
      let shown = text;
      for (const secret of secrets) shown = shown.replaceAll(secret, '***');
      return shown
        .toWellFormed()
        .replaceAll(ansi, '')
        .replaceAll(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
        .replaceAll('\t', '  ')
        .replaceAll(/(?!\n)\p{Cc}/gu, '')
        .replaceAll(invisible, '');
    },
  };
}

/** Text for the log of the runner, which takes lines that begin with :: or ##[ for commands. */
export function logText(text: string): string {
  return text.replaceAll(/^(\s*)(::|##\[)/gm, '$1| $2');
}
