import { UserError } from '../terminal/errors.ts';
import { step } from '../terminal/progress.ts';

/** A check throws a UserError that says what is wrong and what mends it. */
export type Checks = Readonly<
  Record<string, (step: { note(text: string): void }) => Promise<void>>
>;

/** Runs all checks at once and prints what is wrong, by check; returns whether nothing is. */
export async function runChecks(checks: Checks): Promise<boolean> {
  const titles = Object.keys(checks);
  const results = await Promise.allSettled(
    Object.entries(checks).map(([title, check]) => step(title, check)),
  );
  let passed = true;
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof UserError)) throw result.reason;
    passed = false;
    console.error(`\n${titles[index]}\n${indented(result.reason.message)}`);
  }
  return passed;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
