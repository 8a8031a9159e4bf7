import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Finding } from '../finding.ts';
import type { Scanned } from '../judge/judge.ts';
import { convert } from './convert.ts';

interface Sarif {
  runs: { automationDetails?: { id: string } }[];
}

/**
 * Writes what was found as SARIF 2.1.0, a file a scan, each with a category of its own: Trivy's reports are converted, so
 * that nothing is scanned twice. Gives the folder.
 */
export async function writeSarif(scanned: readonly Scanned[], directory: string): Promise<string> {
  const folder = join(resolve(directory), 'sarif');
  await mkdir(folder, { recursive: true });
  for (const { scan, reading } of scanned) {
    if (reading.problems.length > 0) continue;
    const file = join(folder, `${scan.name}.sarif`);
    const sarif =
      scan.kind === 'bandit'
        ? sarifOfCode(reading.findings)
        : await converted(join(resolve(directory), `${scan.name}.json`), file);
    const tool = scan.kind === 'bandit' ? 'bandit' : 'trivy';
    for (const run of sarif.runs) run.automationDetails = { id: `${tool}/${scan.name}/` };
    await writeFile(file, `${JSON.stringify(sarif)}\n`);
  }
  return folder;
}

async function converted(report: string, file: string): Promise<Sarif> {
  await convert(report, 'sarif', file);
  return JSON.parse(await readFile(file, 'utf8')) as Sarif;
}

const levels = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning' } as const;

function sarifOfCode(findings: readonly Finding[]): Sarif {
  const rules = [...new Map(findings.map(({ id, title }) => [id, title]))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Bandit',
            informationUri: 'https://bandit.readthedocs.io',
            rules: rules.map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        results: findings.map(({ id, severity, title, file, line = 1 }) => ({
          ruleId: id,
          level: severity in levels ? levels[severity as keyof typeof levels] : 'note',
          message: { text: title },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                region: { startLine: line },
              },
            },
          ],
        })),
      },
    ],
  } as unknown as Sarif;
}
