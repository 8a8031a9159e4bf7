/** What differs between two texts of actions.generated.ts, a line for each action; empty where they are the same. */
export function changes(before: string, after: string): readonly string[] {
  const [had, has] = [sections(before), sections(after)];
  const keys = [...new Set([...had.keys(), ...has.keys()])].sort();
  const lines = keys.flatMap((key) => {
    if (!had.has(key)) return `added ${key}`;
    if (!has.has(key)) return `removed ${key}`;
    return had.get(key) === has.get(key) ? [] : `changed ${key}`;
  });
  return lines.length > 0 || before === after ? lines : ['changed the text around the actions'];
}

/** What the text has of each action: its types and its facts. */
function sections(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [section, key = ''] of text.matchAll(/^ {2}'(.+)': \{$[\s\S]*?^ {2}\}[;,]$/gm))
    found.set(key, (found.get(key) ?? '') + section);
  return found;
}
