import { type Checked, type Fault, stepsOf } from './fault.ts';
import { isShell } from './script-places.ts';

/** Here-documents with a quoted end, in which the shell expands nothing, that hold names of `env`; and ends that never come. */
export function hereDocumentFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, job, path }): Fault[] => {
    if (step.run === undefined || !isShell(step, job, checked)) return [];
    const names = new Set(
      [checked.workflow.env, job.env, step.env].flatMap((env) => Object.keys(env ?? {})),
    );
    const lines = step.run.split('\n');
    return lines.flatMap((line, index): Fault[] => {
      const announced = /(?<![<$])<<(-?)\s*(["'\\]?)([A-Za-z_]\w*)\2(?=[\s;&|)>]|$)/.exec(line);
      const opened = announced && !/^\s*(?:#|echo\b|printf\b)/.test(line.replace(/^\s*\{\s*/, ''));
      if (!announced || !opened) return [];
      const [, dash, quote = '', end = ''] = announced;
      const rest = lines.slice(index + 1);
      const last = rest.findIndex(
        (each) => (dash === '-' ? each.replace(/^\t+/, '') : each) === end,
      );
      if (last < 0)
        return [
          {
            path: [...path, 'run'],
            scriptLine: index,
            message: `the here-document has no end: no line is ${end} alone`,
          },
        ];
      if (quote === '' || readsEnv(line)) return [];
      const inner = rest.slice(0, last);
      const at = inner.findIndex((each) => usedIn(each, names) !== undefined);
      const name = usedIn(inner[at] ?? '', names);
      if (name === undefined) return [];
      const message = `$${name} stays as it is in this here-document, since its end is in quotes: write <<${end}`;
      return [{ path: [...path, 'run'], scriptLine: index + 1 + at, message }];
    });
  });
}

function usedIn(line: string, names: ReadonlySet<string>): string | undefined {
  return [...line.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*)/g)]
    .map(([, name = '']) => name)
    .find((name) => names.has(name));
}

/** A program that reads the document as a script has the environment itself; a script that is written down may get it. */
function readsEnv(line: string): boolean {
  const before = line.split('<<')[0] ?? '';
  if (/\bssh\b/.test(before)) return false;
  return (
    /\b(?:bash|sh|zsh|dash|python3?|node|perl|ruby|php|awk|envsubst)\b/.test(line) ||
    /\.(?:sh|bash|py|rb|js|mjs|pl|tmpl|template|tpl|j2)\b/.test(line)
  );
}
