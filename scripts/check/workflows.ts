import { UserError } from '../errors.ts';
import { workflowFiles } from '../lint-workflows.ts';
import { workflowFindings } from '../workflow-findings.ts';
import { compileWorkflows } from '../workflows.ts';

/** Checks that nothing is found in any workflow, compiled or by hand, that is not waived with a reason. */
export async function checkWorkflows({ note }: { note(text: string): void }): Promise<void> {
  const files = await workflowFiles();
  const findings = await workflowFindings(files, await compileWorkflows());
  const advice = 'Mend the lines, or waive a finding with its reason in scripts/lint/waivers.yml.';
  if (findings.length > 0) throw new UserError([...findings, advice].join('\n'));
  note(String(files.length));
}
