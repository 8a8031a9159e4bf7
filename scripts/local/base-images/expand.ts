const variable = /\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^${}]*(?:\$\{[^{}]*\}[^${}]*)*))?\})/g;

/** Fills variables into a text as Docker and Compose do: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:+other}`. */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(variable, (_, plain, braced, operator = '', word = '') => {
    const value = variables[plain ?? braced];
    const counts = operator.startsWith(':') ? Boolean(value) : value !== undefined;
    if (operator.endsWith('+')) return counts ? expand(word, variables) : '';
    if (operator.endsWith('-')) return counts ? (value ?? '') : expand(word, variables);
    return value ?? '';
  });
}
