import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import { UserError } from '../terminal/errors.ts';
import type { Finding, WorkflowFile } from './finding.ts';

const schema = z.array(
  z.strictObject({
    tool: z.enum(['languageservice', 'actionlint', 'shellcheck', 'zizmor']),
    rule: z.string(),
    /** The name of the workflow's file. */
    workflow: z.string(),
    at: z.string(),
    reason: z.string().min(10),
  }),
);

/** A finding that is left as it is, with the reason. */
export type Waiver = z.output<typeof schema>[number] & {
  readonly file: string;
  readonly line: number;
};

/** Reads a file of waivers, relative to `root`. Throws `UserError` that says what is wrong in them. */
export async function readWaivers(
  root: string,
  file: string | undefined,
): Promise<readonly Waiver[]> {
  if (file === undefined) return [];
  const lines = new LineCounter();
  const document = parseDocument(await readFile(join(root, file), 'utf8'), {
    lineCounter: lines,
  });
  const result = schema.safeParse(document.toJS());
  if (!result.success)
    throw new UserError(`${file} is not as it should be:\n${z.prettifyError(result.error)}`);
  const entries = isSeq(document.contents) ? document.contents.items.filter(isMap) : [];
  return result.data.map((waiver, index) => ({
    ...waiver,
    file,
    line: lines.linePos(entries[index]?.range?.[0] ?? 0).line,
  }));
}

/** The findings that no waiver covers, and one for each waiver of these workflows that covers none. */
export function withoutWaived(
  findings: readonly Finding[],
  files: readonly WorkflowFile[],
  waivers: readonly Waiver[],
): readonly Finding[] {
  const workflows = new Map(files.map(({ path, text }) => [path, new Places(text)]));
  const used = new Set<Waiver>();
  const left = findings.filter((finding) => {
    const covering = waivers.filter(
      (waiver) =>
        waiver.tool === finding.tool &&
        waiver.rule === finding.rule &&
        waiver.workflow === basename(finding.file) &&
        workflows.get(finding.file)?.covers(waiver.at, finding),
    );
    for (const waiver of covering) used.add(waiver);
    return covering.length === 0;
  });
  const names = new Set(files.map(({ path }) => basename(path)));
  const unused = waivers.filter((waiver) => names.has(waiver.workflow) && !used.has(waiver));
  return [...left, ...unused.map(unusedFinding)];
}

function unusedFinding({ tool, rule, workflow, at, file, line }: Waiver): Finding {
  const message = `${tool} does not find ${rule} in ${workflow} at ${at}: remove the waiver, or mend its place`;
  return { tool: 'waivers', rule: 'unused', message, file, line, column: 1 };
}

class Places {
  readonly #places: YamlPlaces;

  constructor(text: string) {
    this.#places = new YamlPlaces(text);
  }

  /** Whether a finding is at a place or in it. */
  covers(at: string, finding: Finding): boolean {
    const { path } = this.#places.at(finding);
    const keys = at.split('.');
    return (
      keys.length <= path.length &&
      keys.every((key, index) => key === '*' || this.#names(path.slice(0, index + 1)).includes(key))
    );
  }

  /** How a part is called: by its key, and a step by its id or name. */
  #names(path: readonly (string | number)[]): readonly string[] {
    const key = path.at(-1);
    if (typeof key !== 'number') return [String(key)];
    const values = ['id', 'name'].map((name) => this.#places.scalar([...path, name])?.value);
    return [String(key), ...values.filter((value) => typeof value === 'string')];
  }
}
