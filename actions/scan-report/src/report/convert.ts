import { runCommand } from '../../../shared/src/command.ts';

/** Has Trivy write a report of its own in another format: nothing is scanned again. */
export async function convert(
  report: string,
  format: 'sarif' | 'cyclonedx',
  file: string,
): Promise<void> {
  const args = ['convert', '--format', format, '--output', file, '--quiet', report];
  await runCommand('trivy', args, { title: 'trivy convert', timeout: 60_000 });
}
