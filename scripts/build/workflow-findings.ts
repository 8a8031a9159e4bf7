import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Project } from '../../src/project/project.ts';
import { NoYaml, readPlain } from '../../src/typed/check/read.ts';
import { check, type Fault } from '../../src/typed/check.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { declaredSettings } from '../../src/typed/environment.ts';
import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import { locate } from '../../src/typed/locate.ts';
import { lintWorkflows } from '../lint/index.ts';
import { withoutUnknownKeys } from '../lint/raw-findings.ts';
import { withoutThoseOfStages } from '../lint/stage-findings.ts';
import { pathOf } from './workflows.ts';

/** The repository whose workflows are looked at. */
export interface Linted {
  readonly root: string;
  /** The file of what stays as it is, relative to `root`. */
  readonly waivers: string | undefined;
  /** The images that its Compose file names. */
  readonly images: readonly string[];
}

/** What a project says of its workflows. */
export function lintedOf({ root, waivers, services }: Project): Linted {
  const images = Object.values(services).flatMap(({ image }) => image ?? []);
  return { root, waivers, images };
}

/**
 * What is wrong with workflow files, given by their paths relative to the repository's top, each a line that begins
 * with its place: in the TypeScript for a file that is as `compiled`, otherwise in the YAML. Throws a `UserError` that
 * names what the linters lack on this machine.
 */
export async function workflowFindings(
  { root, waivers, images }: Linted,
  paths: readonly string[],
  compiled: readonly CompiledWorkflow[],
): Promise<readonly string[]> {
  const sources = new Map<string, CompiledWorkflow>();
  const byHand: string[] = [];
  for (const path of paths) {
    const text = await readFile(join(root, path), 'utf8');
    const source = compiled.find((each) => pathOf(each) === path && each.yaml === text);
    if (source) sources.set(path, source);
    else byHand.push(...faultsOf(path, text));
  }
  const names = (of: 'secrets' | 'variables') =>
    declaredSettings().flatMap(({ declared }) => Object.keys(declared[of]));
  const declared = { secrets: names('secrets'), vars: names('variables') };
  let found = await lintWorkflows({ files: paths, declared, root, waivers });
  for (const [path, { yaml: text, raws }] of sources) {
    found = withoutThoseOfStages(found, { path, text }, images);
    found = withoutUnknownKeys(found, { path, text }, raws);
  }
  const lines = found.map(({ tool, rule, message, file, line, column }) => {
    const source = sources.get(file);
    const position = source && locate(source.yaml, { line, column }, source.origins);
    const place = position
      ? `${relative(root, position.file)}:${position.line}:${position.column}`
      : `${file}:${line}:${column}`;
    // A parser of YAML draws the place in further lines.
    const [said = ''] = message.split('\n');
    return `${place}: ${said} (${tool}: ${rule})`;
  });
  return [...byHand, ...lines];
}

/** The faults of a workflow that nobody compiled. */
function faultsOf(file: string, text: string): string[] {
  try {
    const places = new YamlPlaces(text);
    return check({ workflow: readPlain(text), settings: declaredSettings() }).map((fault) => {
      const { line, column } = placeOf(fault, places);
      return `${file}:${line}:${column}: ${fault.message} (${fault.path.join('.')})`;
    });
  } catch (error) {
    if (!(error instanceof NoYaml)) throw error;
    return [`${file}:${error.line}:${error.column}: ${error.message}`];
  }
}

function placeOf({ path, scriptLine }: Fault, places: YamlPlaces) {
  const script = places.scalar(path);
  return script && scriptLine !== undefined
    ? places.ofScalarLine(script, scriptLine)
    : places.of(path);
}
