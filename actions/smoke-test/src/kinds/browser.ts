import { findBrowser, noBrowser } from '../browser/find.ts';
import { stepInWords } from '../browser/steps.ts';
import type { BrowserCheck } from '../checks/types.ts';
import { fill } from '../placeholders.ts';
import type { Kind } from '../run.ts';

/** A real browser opens the page and does what a person would. */
export const browser: Kind<BrowserCheck> = {
  expected: ({ path, steps = [] }) =>
    [`${path} opens without an error`, ...steps.map(stepInWords)].join(' → '),
  async attempt(check, run, limit) {
    const executable = await findBrowser(process.env);
    if (executable === undefined) return { deviations: [], seen: '', notAsked: noBrowser };
    // More than all the rest of the bundle, and needed here only.
    const { visit } = await import('../browser/visit.ts');
    return await visit({ check: fill(check, run.values), run, executable, limit });
  },
};
