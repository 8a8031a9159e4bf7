import { plainText } from '../../shared/src/foreign-text.ts';

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
      return plainText(shown);
    },
  };
}
