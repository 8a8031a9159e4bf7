import { type EnvironmentFile, variablesOf } from './variable.ts';

const width = 101;

/**
 * The text of an environment file: with the values that are given, and for the rest the example's. What need not be set
 * and has no value stands there commented out.
 */
export function environmentText(
  file: EnvironmentFile,
  values: ReadonlyMap<string, string> = new Map(),
): string {
  const variables = new Map(variablesOf(file).map((each) => [each.name, each]));
  const sections = Object.entries(file.sections).map(([heading, section]) => {
    const blocks = Object.keys(section).map((name) => {
      const { comment, example, required } = variables.get(name) ?? raise(name);
      const value = values.get(name);
      const line = `${name}=${value ?? example}`;
      const isOff = value === undefined && required !== true && example === '';
      return {
        text: `${comment === undefined ? '' : `${commented(comment)}\n`}${isOff ? `#${line}` : line}`,
        apart: comment !== undefined,
      };
    });
    return `${`# --- ${heading} `.padEnd(width, '-')}\n\n${joined(blocks)}`;
  });
  return `${[commented(file.introduction), ...sections].join('\n\n')}\n`;
}

function raise(name: string): never {
  throw new TypeError(`no variable ${name}`);
}

/** What has a comment stands apart from what is before it. */
function joined(blocks: readonly { readonly text: string; readonly apart: boolean }[]): string {
  return blocks
    .map(({ text, apart }, index) => (index === 0 ? '' : apart ? '\n\n' : '\n') + text)
    .join('');
}

function commented(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}
