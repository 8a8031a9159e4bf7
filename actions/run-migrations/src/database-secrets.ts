/** What of a database's URL must not show in a log: its passwords, as they are written and as they are meant. */
export function databaseSecrets(url: string): string[] {
  const before = /:\/\/[^:/@]*:(?<password>.*)@/.exec(url)?.groups?.password ?? '';
  const inQuery = [...url.matchAll(/[?&](?:ssl)?password=([^&#]*)/g)].map(([, text = '']) => text);
  const written = [before, ...inQuery].filter((password) => password !== '');
  return [...new Set(written.flatMap((password) => [password, decoded(password)]))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
