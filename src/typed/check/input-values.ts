import type { Expr } from '@actions/expressions';
import { Binary, FunctionCall, Grouping, Literal, Logical, Unary } from '@actions/expressions/ast';
import { BooleanData, NumberData, StringData } from '@actions/expressions/data/index';
import type { InputFacts } from '../action-facts.ts';
import { factsOf } from '../catalog.ts';
import type { PlainJob } from '../plain.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { parse, referenceOf } from './references.ts';

/** Expressions that give an action's input what it cannot take: a word that is none of its values, a hash for a boolean. */
export function inputValueFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, job, path }) => {
    const facts = factsOf(step.uses);
    return Object.entries(step.with ?? {}).flatMap(([name, value]): Fault[] => {
      const known = facts?.inputs[name];
      const [, source] =
        typeof value === 'string' ? (/^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(value.trim()) ?? []) : [];
      const around = known && source === undefined ? textAround(value, known, name) : undefined;
      if (around) return [{ path: [...path, 'with', name], message: around }];
      if (!known || source === undefined) return [];
      const values = valuesOf(parse(source), { job, checked });
      const message = values
        .map((each) => wrong(each, known, name))
        .find((each) => each !== undefined);
      return message ? [{ path: [...path, 'with', name], message }] : [];
    });
  });
}

/** Words beside an expression, where a number or true and false are wanted. */
function textAround(value: unknown, { type }: InputFacts, name: string): string | undefined {
  if ((type !== 'number' && type !== 'boolean') || !/\$\{\{/.test(String(value))) return undefined;
  const rest = String(value).replaceAll(/\$\{\{.*?\}\}/gs, '');
  return /[a-z]/i.test(rest) ? `${name} takes a ${type}, and this is text` : undefined;
}

/** What an expression may be: a value that is written in it, or of which only the kind is known. */
type Possible =
  | { readonly value: string | number | boolean; readonly fromMatrix?: true }
  | { readonly kind: 'boolean' | 'number' | 'text' | 'object'; readonly called: string };

interface Site {
  readonly job: PlainJob;
  readonly checked: Checked;
}

function valuesOf(node: Expr, site: Site): readonly Possible[] {
  if (node instanceof Grouping) return valuesOf(node.group, site);
  if (node instanceof Literal) return literal(node);
  if (node instanceof Logical) {
    const last = node.args.at(-1);
    // Of `a && b` what is no condition is b; of `a || b` both are.
    if (node.operator.lexeme === '&&') return last ? valuesOf(last, site) : [];
    return node.args.flatMap((each) => valuesOf(each, site));
  }
  if (node instanceof Binary || node instanceof Unary)
    return [{ kind: 'boolean', called: 'a condition' }];
  if (node instanceof FunctionCall) return called(node.functionName.lexeme);
  const names = referenceOf(node);
  return names ? referred(names, site) : [];
}

function literal({ literal: found }: Literal): readonly Possible[] {
  return found instanceof StringData || found instanceof NumberData || found instanceof BooleanData
    ? [{ value: found.value }]
    : [];
}

function called(name: string): readonly Possible[] {
  const lower = name.toLowerCase();
  if (
    ['contains', 'startswith', 'endswith', 'always', 'success', 'failure', 'cancelled'].includes(
      lower,
    )
  )
    return [{ kind: 'boolean', called: `${name}()` }];
  return ['hashfiles', 'tojson'].includes(lower) ? [{ kind: 'text', called: `${name}()` }] : [];
}

const texts = [
  'sha',
  'ref',
  'ref_name',
  'head_ref',
  'base_ref',
  'actor',
  'repository',
  'repository_owner',
  'event_name',
  'workflow',
  'server_url',
  'token',
  'triggering_actor',
  'workspace',
  'job',
];
const numbers = ['run_id', 'run_number', 'run_attempt'];

function referred(names: readonly string[], { job, checked }: Site): readonly Possible[] {
  const [context = '', name = '', field] = names;
  const written = names.join('.');
  if (context === 'matrix') {
    const { [name]: axis, include } = (job.strategy?.matrix ?? {}) as Readonly<
      Record<string, unknown>
    >;
    const included = Array.isArray(include) ? include.map((each) => each?.[name]) : [];
    return [...(Array.isArray(axis) ? axis : []), ...included]
      .filter((each) => ['string', 'number', 'boolean'].includes(typeof each))
      .map((value) => ({ value, fromMatrix: true as const }));
  }
  if (context === 'github' && names.length === 2) {
    if (texts.includes(name)) return [{ kind: 'text', called: written }];
    if (numbers.includes(name)) return [{ kind: 'number', called: written }];
    return name === 'event' ? [{ kind: 'object', called: written }] : [];
  }
  if (context === 'inputs') return ofInput(name, checked);
  if (
    field === 'result' ||
    field === 'outcome' ||
    field === 'conclusion' ||
    written === 'job.status'
  )
    return [{ kind: 'text', called: written }];
  return (context === 'needs' || context === 'steps') && names.length < 3
    ? [{ kind: 'object', called: written }]
    : [];
}

function ofInput(name: string, { workflow }: Checked): readonly Possible[] {
  const { inputs = {} } = (workflow.on.workflow_dispatch ?? {}) as {
    inputs?: Readonly<Record<string, { type?: string; options?: readonly string[] } | null>>;
  };
  const { type, options = [] } = inputs[name] ?? {};
  if (type === 'boolean' || type === 'number') return [{ kind: type, called: `inputs.${name}` }];
  return type === 'choice' ? options.map((value) => ({ value })) : [];
}

function wrong(
  possible: Possible,
  { type, values = [], separator }: InputFacts,
  name: string,
): string | undefined {
  if (type === undefined) return undefined;
  if ('kind' in possible) {
    const { kind, called: what } = possible;
    if (kind === 'object' && type !== 'string')
      return `${what} is an object, and ${name} takes a ${type}`;
    if (kind === type || type === 'list' || type === 'string')
      return kind === 'object'
        ? `${what} is an object: take toJson(), or one of its fields`
        : undefined;
    if (type === 'enum')
      return kind === 'boolean' && values.includes('true')
        ? undefined
        : `${what} is none of the values of ${name}: ${values.join(', ')}`;
    return `${name} takes a ${type}, and ${what} is none`;
  }
  const { value, fromMatrix } = possible;
  if (value === '') return undefined;
  if (type === 'enum')
    return values.includes(String(value))
      ? undefined
      : `${name} has no value ${String(value)}, only ${values.join(', ')}`;
  if (type === 'boolean')
    return /^(?:true|false)$/i.test(String(value))
      ? undefined
      : `${name} is true or false, and not ${String(value)}`;
  if (type === 'number')
    return Number.isNaN(Number(value)) || typeof value === 'boolean'
      ? `${name} is a number, and not ${String(value)}`
      : undefined;
  if (type === 'list' && values.length > 0) {
    const item = String(value)
      .split(separator ?? '\n')
      .find((each) => !values.includes(each.trim()));
    return item === undefined
      ? undefined
      : `${name} has no value ${item}, only ${values.join(', ')}`;
  }
  return fromMatrix && typeof value === 'number' && /version/.test(name)
    ? `${name} is a text, and the matrix has the number ${value}: write it in quotes, since 3.10 would be 3.1`
    : undefined;
}
