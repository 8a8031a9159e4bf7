/**
 * The pieces to hide so that a secret never shows in a log: the runner masks line by line, so a value of several
 * lines is hidden only if each of its lines is. Lines that everybody knows (the frame of a key) are left out.
 */
export function maskableParts(secret: string): string[] {
  return secret
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('-----'));
}
