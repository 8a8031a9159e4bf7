import { type Checked, type Fault, type Path, stepsOf } from './fault.ts';
import { ShellText } from './shell-text.ts';

/** `'${value}'` in plain quotes, where text`` was meant: GitHub gets the dollar sign and the braces. */
export function quotedValueFaults(checked: Checked): Fault[] {
  return [
    ...found(checked.workflow, []),
    ...stepsOf(checked).flatMap(({ step, path }): Fault[] => {
      // The shell knows ${NAME}; a name with dots or brackets is one of the definition.
      const text = step.run === undefined ? '' : new ShellText(step.run).expanded;
      const [name] =
        /\$\{[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\w+\])+\}(?!\})/.exec(
          text.replaceAll(/\$\{\w+\[(?:@|\*|\d+|#?\w*)\]\}/g, ''),
        ) ?? [];
      if (name === undefined) return [];
      const scriptLine = text.slice(0, text.indexOf(name)).split('\n').length - 1;
      return [
        {
          path: [...path, 'run'],
          scriptLine,
          message: `${name} means nothing to the shell: pass the value through env and read it as "$NAME"`,
        },
      ];
    }),
  ];
}

/** What programs or Docker read themselves. */
const own = new Set([
  'run',
  'script',
  'description',
  'options',
  'inlineScript',
  'template',
  'message',
  'body',
  'payload',
  'args',
  'command',
  'entrypoint',
  'checks',
]);

function found(part: unknown, path: Path): Fault[] {
  if (typeof part === 'string') {
    const [name] =
      /(?<!\$)\$\{[a-z_][\w.]*(?:\[[\w.'"]+\])?[\w.]*\}/.exec(
        part.replaceAll(/\$\{\{.*?\}\}/gs, ''),
      ) ?? [];
    const [context] =
      /(?<!\$)\{\{\s*(?:github|inputs|needs|steps|matrix|env|secrets|vars)\.[\w.-]+\s*\}\}/.exec(
        part,
      ) ?? [];
    if (context !== undefined && !own.has(String(path.at(-1))))
      return [{ path, message: `${context} is no expression of GitHub: write text\`…\`` }];
    return name === undefined || own.has(String(path.at(-1))) || part.includes('\n')
      ? []
      : [{ path, message: `${name} in quotes is no value: write text\`…${name}…\`` }];
  }
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    own.has(key) ? [] : found(value, [...path, Array.isArray(part) ? Number(key) : key]),
  );
}
