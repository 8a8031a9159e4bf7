/** What stands for `{commit}`, `{origin}`, `{run}`, `{schema}`, `{secret.NAME}` and what a sequence took. */
export type Values = ReadonlyMap<string, string>;

const placeholder = /\{([a-z][\w.-]*)\}/gi;

/** A copy in which every text has values in the place of the placeholders that are known. */
export function fill<Value>(value: Value, values: Values): Value {
  return mapTexts(value, (text) =>
    text.replaceAll(placeholder, (whole, name: string) => values.get(name) ?? whole),
  ) as Value;
}

/** The names of all placeholders in a value's texts. */
export function placeholdersIn(value: unknown): Set<string> {
  const names = new Set<string>();
  mapTexts(value, (text) => {
    for (const [, name = ''] of text.matchAll(placeholder)) names.add(name);
    return text;
  });
  return names;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]),
  );
}
