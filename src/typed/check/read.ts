import { isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Plain, PlainJob, PlainPermissions, PlainStep } from '../plain.ts';

/** A text that YAML does not allow; line and column count from 1. */
export class NoYaml extends Error {
  override readonly name = 'NoYaml';
  readonly line: number;
  readonly column: number;

  constructor(reason: string, { line, col }: { readonly line: number; readonly col: number }) {
    super(`no valid YAML: ${reason}`);
    this.line = line;
    this.column = col;
  }
}

/**
 * A workflow that was written by hand, in the one shape that the rules know: lists where YAML allows one name, nothing
 * missing. What is no workflow at all has no jobs; the linters say so. Throws `NoYaml`.
 */
export function readPlain(yaml: string): Plain {
  const { name, on, permissions, jobs, ...rest } = filled(parsed(yaml));
  return {
    ...rest,
    name: String(name ?? ''),
    on: events(on),
    permissions: levels(permissions),
    jobs: Object.fromEntries(Object.entries(record(jobs)).map(([id, job]) => [id, plainJob(job)])),
  };
}

function parsed(yaml: string): unknown {
  const lines = new LineCounter();
  const options = { strict: false, logLevel: 'error', lineCounter: lines, prettyErrors: false };
  const document = parseDocument(yaml, options as { logLevel: 'error' });
  const [error] = document.errors;
  if (error) throw new NoYaml(error.message, lines.linePos(error.pos[0]));
  visit(document, {
    Alias(_, alias) {
      if (!isAlias(alias) || alias.resolve(document)) return;
      const reason = `nothing before has the anchor &${alias.source}`;
      throw new NoYaml(reason, lines.linePos(alias.range?.[0] ?? 0));
    },
  });
  return document.toJS();
}

function plainJob(job: unknown): PlainJob {
  const { name, needs, permissions, steps, ...rest } = filled(job);
  return {
    ...withTexts(rest, ['if', 'uses']),
    name: String(name ?? ''),
    ...(needs === undefined ? {} : { needs: [needs].flat().map(String) }),
    ...(permissions === undefined ? {} : { permissions: levels(permissions) }),
    steps: Array.isArray(steps) ? steps.map(plainStep) : [],
  } as unknown as PlainJob;
}

function plainStep(step: unknown): PlainStep {
  return withTexts(filled(step), ['id', 'if', 'uses', 'run', 'shell']) as unknown as PlainStep;
}

/** YAML reads `if: true` and `run: 5` as other than text. */
function withTexts(part: Readonly<Record<string, unknown>>, keys: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, keys.includes(key) ? String(value) : value]),
  );
}

function events(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === 'string' || Array.isArray(on))
    return Object.fromEntries([on].flat().map((event) => [String(event), {}]));
  return record(on);
}

function levels(permissions: unknown): PlainPermissions {
  return permissions === 'read-all' || permissions === 'write-all'
    ? permissions
    : (record(permissions) as Readonly<Record<string, string>>);
}

/** The keys that have a value. */
function filled(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record(value)).filter(([, each]) => each !== null && each !== undefined),
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
