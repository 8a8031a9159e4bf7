import type { Expr } from '@actions/expressions';
import { Binary, FunctionCall, Grouping, Literal, Logical, Unary } from '@actions/expressions/ast';
import { parse as parseYaml } from 'yaml';
import { parse, partsOf, referenceOf } from '../../src/typed/check/references.ts';

type Map = Record<string, unknown>;

/**
 * What a workflow means to GitHub, as far as two can be compared: defaults written out, one form for what has several,
 * expressions without what does not matter, no versions of actions, no names where the `original` has none.
 */
export function meaning(yaml: string, original: string = yaml): unknown {
  const { on, jobs, permissions, name: _, concurrency, ...rest } = parseYaml(yaml) as Map;
  const before = parseYaml(original) as Map;
  return comparable({
    ...rest,
    ...('name' in before && { name: (parseYaml(yaml) as Map).name }),
    ...(concurrency !== undefined && { concurrency: groupOf(concurrency) }),
    on: triggers(on),
    jobs: Object.fromEntries(
      Object.entries(jobs as Map).map(([id, job]) => [
        id,
        jobOf(id, job as Map, (before.jobs as Map)[id] as Map, permissions),
      ]),
    ),
  });
}

function triggers(on: unknown): Map {
  const events =
    typeof on === 'string' || Array.isArray(on)
      ? Object.fromEntries([on].flat().map((each) => [each, {}]))
      : (on as Map);
  return Object.fromEntries(
    Object.entries(events).map(([event, filters]) => {
      if (event === 'schedule') return [event, filters];
      const entries = Object.entries((filters ?? {}) as Map);
      return [
        event,
        Object.fromEntries(
          entries.map(([key, value]) => [
            key,
            key === 'inputs' ? inputs(value as Map) : [value].flat(),
          ]),
        ),
      ];
    }),
  );
}

function inputs(declared: Map): Map {
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [
      name,
      (input as Map | null)?.type === 'environment'
        ? input
        : { type: 'string', description: name, ...(input as Map) },
    ]),
  );
}

function groupOf(concurrency: unknown): unknown {
  return typeof concurrency === 'string' ? { group: concurrency } : concurrency;
}

function jobOf(id: string, job: Map, original: Map, permissions: unknown): Map {
  const { needs, steps, concurrency, environment, container } = job;
  return {
    name: id,
    ...(job.uses ? {} : { 'timeout-minutes': 360 }),
    ...job,
    permissions: job.permissions ?? permissions ?? 'those of the settings',
    ...(needs !== undefined && { needs: [needs].flat() }),
    ...(concurrency !== undefined && { concurrency: groupOf(concurrency) }),
    ...(environment !== undefined && {
      environment: typeof environment === 'string' ? { name: environment } : environment,
    }),
    ...(container !== undefined && {
      container: typeof container === 'string' ? { image: container } : container,
    }),
    ...(Array.isArray(steps) && {
      steps: steps.map((step, index) => stepOf(step, (original.steps as Map[])[index] as Map)),
    }),
  };
}

function stepOf(step: Map, original: Map): Map {
  const { name, uses, run, env, with: given, ...rest } = step;
  const ofOriginal = (original.env ?? {}) as Map;
  const added = Object.entries((env ?? {}) as Map).filter(([key]) => !(key in ofOriginal));
  const hadExpressions = /\$\{\{/.test(String(original.run));
  return {
    ...rest,
    ...(original.name ? { name } : {}),
    ...(typeof uses === 'string' && { uses: uses.split('@')[0] }),
    ...(given !== undefined &&
      given !== null &&
      Object.keys(given).length > 0 && { with: texts(given as Map) }),
    env: texts(
      Object.fromEntries(Object.entries((env ?? {}) as Map).filter(([key]) => key in ofOriginal)),
    ),
    ...(run !== undefined && {
      run: hadExpressions ? scriptWith(String(run), added) : lines(String(run)),
    }),
  };
}

/** A script with its expressions in place of the variables that stand for them, and without quotes. */
function scriptWith(script: string, variables: readonly (readonly [string, unknown])[]): string {
  let text = script;
  for (const [name, value] of variables) text = text.replaceAll(`\${${name}}`, String(value));
  text = text.replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, '$${$1}');
  return lines(text.replace(/(?<!\{\{[^}]*)['"](?![^{]*\}\})/g, ''));
}

function texts(values: Map): Map {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, lines(String(value ?? ''))]),
  );
}

function lines(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Expressions in one form; `if` needs no braces. */
function comparable(value: unknown, key = ''): unknown {
  if (key === 'if') return canonical(String(value).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1'));
  if (typeof value === 'string')
    return value.replace(
      /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g,
      (_, source: string) => `\${{ ${canonical(source)} }}`,
    );
  if (Array.isArray(value)) return value.map((each) => comparable(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, comparable(each, name)]),
  );
}

function canonical(source: string): string {
  return form(parse(source.trim()));
}

function form(node: Expr): string {
  if (node instanceof Grouping) return form(node.group);
  if (node instanceof Literal)
    return JSON.stringify(
      node.literal.kind === 0 ? node.literal.coerceString() : Number(node.literal.number()),
    );
  if (node instanceof Unary) return `(! ${form(node.expr)})`;
  if (node instanceof Binary)
    return `(${node.operator.lexeme} ${form(node.left)} ${form(node.right)})`;
  if (node instanceof Logical) {
    const args = node.args
      .map(form)
      .map((each) => (each.startsWith(`(${node.operator.lexeme} `) ? each.slice(4, -1) : each));
    return `(${node.operator.lexeme} ${args.join(' ')})`;
  }
  if (node instanceof FunctionCall)
    return `${node.functionName.lexeme.toLowerCase()}(${node.args.map(form).join(', ')})`;
  const path = referenceOf(node)?.join('.');
  // GitHub has two names for the token.
  if (path === 'secrets.GITHUB_TOKEN') return 'github.token';
  return `${path}${partsOf(node).length > 1 && partsOf(node)[1] instanceof Literal ? '' : '*'}`;
}
