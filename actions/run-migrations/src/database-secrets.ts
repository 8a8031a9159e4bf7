/** What of a database's URL must not show in a log: its password, as it is written and as it is meant. */
export function databaseSecrets(url: string): string[] {
  const written = /:\/\/[^:/@]*:(?<password>.*)@/.exec(url)?.groups?.password;
  if (written === undefined || written === '') return [];
  return [...new Set([written, decoded(written)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
