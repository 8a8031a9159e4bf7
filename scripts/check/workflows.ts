import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lintedOf, workflowFindings } from '../build/workflow-findings.ts';
import { compileWorkflows, pathOf } from '../build/workflows.ts';
import type { Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

/** Checks that nothing is found in any compiled workflow that is not waived with a reason. */
export async function checkWorkflows(
  repository: Repository,
  { note }: { note(text: string): void },
): Promise<void> {
  const { project } = repository;
  const compiled = await compileWorkflows(repository);
  const missing = compiled.map(pathOf).filter((path) => !existsSync(join(project.root, path)));
  if (missing.length > 0)
    throw new UserError(
      `${missing.join(', ')} is missing, so it is not checked: npx staging-pipeline build`,
    );
  const findings = await workflowFindings(lintedOf(project), compiled.map(pathOf), compiled);
  const place = project.waivers ?? 'the file that the settings name as waivers';
  const advice = `Mend the lines, or waive a finding with its reason in ${place}.`;
  if (findings.length > 0) throw new UserError([...findings, advice].join('\n'));
  note(String(compiled.length));
}
