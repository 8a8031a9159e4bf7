import { UserError } from '../errors.ts';
import { compileWorkflows, lintFindings } from '../workflows.ts';

/** Checks that the linters find nothing in the compiled workflows, or nothing that is not waived with a reason. */
export async function checkWorkflows(): Promise<void> {
  const findings = await lintFindings(await compileWorkflows());
  if (findings.length > 0)
    throw new UserError(
      [
        ...findings,
        'Mend the lines, or waive a finding with its reason in scripts/lint/waivers.yml.',
      ].join('\n'),
    );
}
