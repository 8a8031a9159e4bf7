import { ExecaError } from 'execa';
import { z } from 'zod';
import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import { ensureActionlint } from '../local/machine/tools.ts';
import { run } from '../terminal/process.ts';
import type { Finding, WorkflowFile } from './finding.ts';
import { ensureShellCheck } from './shellcheck.ts';

const schema = z.array(
  z.object({
    message: z.string(),
    filepath: z.string(),
    line: z.number(),
    column: z.number(),
    kind: z.string(),
  }),
);

/** Keys that GitHub's own parser has and this actionlint does not. */
const newer = [
  /^unexpected key "queue" for "concurrency" section/,
  /^unexpected key "(?:command|entrypoint)" for "services" section/,
];

type Reported = z.output<typeof schema>[number];
type Place = Pick<Finding, 'line' | 'column'>;

const aboutScript =
  /^shellcheck reported issue in this script: (SC\d+):(\w+):(\d+):(\d+): ([\s\S]*)$/;

/** What actionlint finds in workflows below `root`, and ShellCheck, which it runs, in their scripts. */
export async function lintWithActionlint(
  files: readonly WorkflowFile[],
  root: string,
): Promise<readonly Finding[]> {
  const [actionlint] = await Promise.all([ensureActionlint(), ensureShellCheck()]);
  const places = new Map(files.map(({ path, text }) => [path, new YamlPlaces(text)]));
  // Without a configuration of its own: what is waived stands in one file for all linters.
  const args = ['-shellcheck=shellcheck', '-pyflakes=', '-config-file=/dev/null'];
  const paths = [...places.keys()];
  const printed = await output(actionlint, [...args, '-format={{json .}}', ...paths], root);
  const reports = schema.parse(JSON.parse(printed));
  const holding = reports.filter(({ message }) => !newer.some((key) => key.test(message)));
  return holding.map((reported) => {
    const inFile = places.get(reported.filepath);
    if (!inFile)
      throw new Error(`actionlint reported ${reported.filepath}, which it was not given`);
    return finding(reported, inFile);
  });
}

/** What it printed, also where it found something: then it ends with code 1. */
async function output(file: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return await run(file, args, { cwd });
  } catch (error) {
    if (error instanceof ExecaError && error.exitCode === 1) return String(error.stdout);
    throw error;
  }
}

function finding(reported: Reported, places: YamlPlaces): Finding {
  const { message, filepath: file, kind } = reported;
  const [, rule, severity, line, column, text] = aboutScript.exec(message) ?? [];
  if (rule === undefined || severity === undefined || text === undefined) {
    const place = commandPlace(reported, places) ?? inBlock(reported, places);
    return { tool: 'actionlint', rule: kind, message, file, ...place };
  }
  const place = scriptPlace(reported, places, Number(line) - 1, Number(column) - 1);
  return { tool: 'shellcheck', rule, message: text, file, ...place, severity };
}

/** actionlint says where `run` stands, and the line and column within the script. */
function scriptPlace(reported: Reported, places: YamlPlaces, line: number, column: number): Place {
  const { path } = places.at(reported);
  const script = places.scalar(path.at(-1) === 'run' ? path : [...path, 'run']);
  return script ? places.ofScalarLine(script, line, column) : place(reported);
}

/** Of a command such as ::set-env actionlint says only where its script begins, and only once for a script. */
function commandPlace(reported: Reported, places: YamlPlaces): Place | undefined {
  const [, command] = /^workflow command "([\w-]+)" was deprecated/.exec(reported.message) ?? [];
  const script = places.scalar(places.at(reported).path);
  if (command === undefined || !script) return undefined;
  const text = String(script.value);
  const before = text.slice(0, Math.max(0, text.indexOf(`::${command}`))).split('\n');
  return places.ofScalarLine(script, before.length - 1, before.at(-1)?.length);
}

/** In a block of several lines actionlint counts columns on from the block's header, as if it were one line. */
function inBlock(reported: Reported, places: YamlPlaces): Place {
  const block = places.blockFrom(reported.line);
  if (!block || reported.column < block.column) return place(reported);
  const before = String(block.scalar.value)
    .slice(0, reported.column - block.column)
    .split('\n');
  return places.ofScalarLine(block.scalar, before.length - 1, before.at(-1)?.length);
}

function place({ line, column }: Reported): Place {
  // Of a file that is no YAML it knows only the line.
  return { line, column: Math.max(1, column) };
}
