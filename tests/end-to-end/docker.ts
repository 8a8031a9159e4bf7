import { ensureEngine } from '../../scripts/local/machine/engine.ts';
import { UserError } from '../../scripts/terminal/errors.ts';

/**
 * Why the tests that need Docker cannot run here, or undefined where they can. In CI that is an error: a
 * run that tested nothing must not look like one that passed.
 */
export async function whyNoDocker(): Promise<string | undefined> {
  try {
    await ensureEngine();
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError) || process.env.CI) throw error;
    return error.message;
  }
}
