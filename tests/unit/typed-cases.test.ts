import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { readPlain } from '../../src/typed/check/read.ts';
import { check } from '../../src/typed/check.ts';
import { compile } from '../../src/typed/compile.ts';
import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import { locatePath } from '../../src/typed/locate.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import { repo, staging } from '../typed/sample.ts';

const folder = join(packageRoot, 'tests/typed');

/** A mistake: the line it is on and what is said of it. */
interface Mistake {
  readonly line: number;
  readonly message: string;
}

/** The cases of a folder; a comment `error: …` stands on the line of each mistake. */
function cases(kind: 'compile' | 'build' | 'yaml'): (readonly [string, readonly Mistake[]])[] {
  return readdirSync(join(folder, kind)).map((name) => {
    const lines = readFileSync(join(folder, kind, name), 'utf8').split('\n');
    const mistakes = lines.flatMap((text, index) => {
      const [, message] = /(?:\/\/|#) error: (.*)$/.exec(text) ?? [];
      return message === undefined ? [] : [{ line: index + 1, message }];
    });
    return [name, mistakes] as const;
  });
}

const messageOf = ({ message }: Mistake) => message;

/** The errors of the compiler by file name. */
async function compilerErrors(): Promise<ReadonlyMap<string, Mistake[]>> {
  const { stdout } = await execa('tsc', ['--project', folder, '--pretty', 'false'], {
    cwd: packageRoot,
    preferLocal: true,
    reject: false,
  });
  const errors = new Map<string, Mistake[]>();
  for (const error of stdout.split(/\n(?=\S)/)) {
    const [, path = error, line, message = ''] =
      /^(.*)\((\d+),\d+\): error TS\d+: (.*)/s.exec(error) ?? [];
    const found = errors.get(basename(path)) ?? [];
    errors.set(basename(path), [...found, { line: Number(line), message }]);
  }
  return errors;
}

describe('does not compile', () => {
  let errors: ReadonlyMap<string, Mistake[]>;
  beforeAll(async () => {
    errors = await compilerErrors();
  }, 60_000);

  it.each(cases('compile'))('%s', (name, mistakes) => {
    const found = errors.get(name) ?? [];
    expect(mistakes.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ line }) => line))).toEqual(
      new Set(mistakes.map(({ line }) => line)),
    );
    for (const { line, message } of mistakes)
      expect(
        found
          .filter((each) => each.line === line)
          .map(messageOf)
          .join(),
      ).toContain(message);
  });

  it('is told of nothing else', () => {
    const names = new Set(cases('compile').map(([name]) => name));
    expect([...errors.keys()].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('does not build', () => {
  it.each(cases('build'))('%s', async (name, mistakes) => {
    const file = join(folder, 'build', name);
    const { default: workflow }: { default: Workflow } = await import(file);
    const { plain, origins } = compile(workflow, { source: name, command: 'npm test' });
    const found = check({ workflow: plain, settings: [repo, staging] }).map(({ path, message }) => {
      const place = locatePath(path, origins);
      return `${relative(folder, place?.file ?? '')}:${place?.line}: ${message}`;
    });
    expect(mistakes.length).toBeGreaterThan(0);
    expect(found).toHaveLength(mistakes.length);
    for (const [index, { line, message }] of mistakes.entries())
      expect(found[index]).toContain(`build/${name}:${line}: ${message}`);
  });
});

describe('is found in YAML that was written by hand', () => {
  it.each(cases('yaml'))('%s', (name, mistakes) => {
    const text = readFileSync(join(folder, 'yaml', name), 'utf8');
    const places = new YamlPlaces(text);
    const found = check({ workflow: readPlain(text), settings: [repo, staging] });
    expect(found.map(({ path }) => places.of(path).line)).toEqual(mistakes.map(({ line }) => line));
    for (const [index, { message }] of mistakes.entries())
      expect(found[index]?.message).toContain(message);
  });
});
