import type { Edit } from './edit.ts';

const layer = [
  ...['always', 'and', 'cancelled', 'equals', 'fromJson', 'github', 'job', 'needs', 'not', 'or'],
  ...['step', 'text', 'toJson', 'when', 'workflow', 'matrix', 'hashFiles', 'onlyIf', 'firstOf'],
  ...['dispatch', 'environment', 'failure', 'differs', 'runner', 'servicePort', 'isOneOf'],
];

/** The text of a definition with an edit, and with the imports that the edit takes. Throws where it does not fit. */
export function applied(text: string, { name, find, replace }: Edit): string {
  if (!text.includes(find)) throw new Error(`${name}: the definition has no ${find}`);
  const edited = text.replace(find, () => replace);
  const used = layer.filter((each) =>
    new RegExp(`(?<![\\w.'/-])${each}(?=\\(|\\.|\`|\\))`).test(replace),
  );
  const [imports = ''] = /import \{[^}]*\} from 'staging-pipeline';/.exec(edited) ?? [];
  const missing = used.filter(
    (each) =>
      !new RegExp(`[\\s{]${each}[,\\s}]`).test(imports) &&
      !new RegExp(`(?:const|function) ${each}\\b`).test(edited),
  );
  return missing.length === 0
    ? edited
    : edited.replace(imports, () => imports.replace('import {', `import { ${missing.join(', ')},`));
}
