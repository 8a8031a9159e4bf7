import { ExecaError } from 'execa';
import { z } from 'zod';
import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import { ensureZizmor } from '../local/machine/tools.ts';
import { run } from '../terminal/process.ts';
import type { Finding, WorkflowFile } from './finding.ts';

const schema = z.array(
  z.object({
    ident: z.string(),
    desc: z.string(),
    url: z.string(),
    determinations: z.object({ severity: z.string() }),
    locations: z.array(
      z.object({
        symbolic: z.object({ annotation: z.string(), kind: z.string() }),
        concrete: z.object({
          location: z.object({ start_point: z.object({ row: z.number(), column: z.number() }) }),
        }),
      }),
    ),
  }),
);

type Reported = z.output<typeof schema>[number];

/** What zizmor finds with its strictest persona and without asking the network, in a workflow below `root`. */
export async function lintWithZizmor(
  file: WorkflowFile,
  root: string,
): Promise<readonly Finding[]> {
  const zizmor = await ensureZizmor();
  const args = [
    ...['--offline', '--persona=auditor', '--format=json-v1', '--no-exit-codes'],
    // What is waived stands in one file for all linters.
    ...['--no-config', '--no-ignores', '--strict-collection', '--quiet', '--no-progress'],
  ];
  // A token is not needed and must not be empty; a configuration would contradict --no-config.
  const env = {
    ...{ GH_TOKEN: undefined, GITHUB_TOKEN: undefined, ZIZMOR_GITHUB_TOKEN: undefined },
    ZIZMOR_CONFIG: undefined,
  };
  try {
    const printed = await run(zizmor, [...args, file.path], { cwd: root, env });
    return schema.parse(JSON.parse(printed)).map((reported) => finding(reported, file));
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    // Without a code it did not end by itself, which is not the file's fault.
    if (error.exitCode === undefined || String(error.stderr).trim() === '') throw error;
    return [unreadableFinding(String(error.stderr), file)];
  }
}

function finding(
  { ident, desc, url, determinations, locations }: Reported,
  file: WorkflowFile,
): Finding {
  const primary = locations.find(({ symbolic }) => symbolic.kind === 'Primary') ?? locations[0];
  if (!primary) throw new Error(`zizmor says of no place that it has ${ident}`);
  const { row, column } = primary.concrete.location.start_point;
  return {
    tool: 'zizmor',
    rule: ident,
    message: `${desc}: ${primary.symbolic.annotation} (${url})`,
    file: file.path,
    line: row + 1,
    column: column + 1,
    severity: determinations.severity.toLowerCase(),
  };
}

/** A workflow that it cannot read zizmor does not judge at all. Of the causes the one with a place says most. */
function unreadableFinding(printed: string, { path: file, text }: WorkflowFile): Finding {
  const causes = causesIn(printed);
  const placed = causes.map((cause) => / at line (\d+) column (\d+)/.exec(cause)).find(Boolean);
  const [, path, detail] =
    causes.map((cause) => /^([\w-]+(?:\.[\w-]+)*): (.*)$/.exec(cause)).find(Boolean) ?? [];
  const place = placed
    ? { line: Number(placed[1]), column: Number(placed[2]) }
    : new YamlPlaces(text).of(path?.split('.') ?? []);
  const message = `zizmor cannot read the workflow: ${placed?.input ?? detail ?? causes.at(1) ?? causes[0]}`;
  return { tool: 'zizmor', rule: 'unreadable', message, file, ...place, severity: 'high' };
}

/** The causes that it names, the outermost first; where it names none, what it says first. */
function causesIn(printed: string): readonly string[] {
  const [, causes] = /Caused by:\n([\s\S]*?)(?:\n\s*\n|$)/.exec(printed) ?? [];
  const lines = (causes ?? printed).split('\n').map((line) => line.replace(/^\s*(?:\d+: )?/, ''));
  const said = lines.filter((line) => line !== '' && line !== 'fatal: no audit was performed');
  return causes === undefined ? said.slice(0, 1) : said;
}
