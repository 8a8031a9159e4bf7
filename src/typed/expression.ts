import { DefinitionError } from './definition-error.ts';

/**
 * Expressions as values. Each carries two types: what it evaluates to, and its scope, the names of what the place that
 * uses it has to have, such as `needs.build`. Both are lost in a plain string, so neither a plain template string nor
 * a `${{` written by hand is accepted anywhere.
 */
declare const value: unique symbol;
declare const scope: unique symbol;

/** A GitHub expression. A symbol to the compiler, so that it refuses one in a plain template string. */
export type Expression<Value = unknown, Scope extends string = never> = symbol & {
  readonly [value]: Value;
  readonly [scope]: Scope;
};

/** A condition of a job or step. */
export type Condition<Scope extends string = string> = Expression<boolean, Scope>;

/** What an expression needs of the place that uses it; nothing where its type is an error, and so `any`. */
export type ScopeOf<E> = 0 extends 1 & E
  ? never
  : E extends Expression<unknown, infer Scope>
    ? Scope
    : never;

type Primitive = string | number | boolean;

/** An operand: an expression, or a plain value of the same type. */
type Operand<V = unknown, Scope extends string = string> =
  | Expression<V, Scope>
  | (V extends Primitive ? V : never);

const written = Symbol('written');
const parts = Symbol('parts');
const filled = Symbol('filled');

class Source {
  /** The expression without braces. */
  readonly [written]: string;
  /** Where it is text with expressions in it: how that stands in the YAML. */
  readonly [parts]: string | undefined;
  /** Whether it is known before the run that it is not empty. */
  readonly [filled]: boolean;

  constructor(text: string, inYaml?: string, isFilled = false) {
    this[written] = text;
    this[parts] = inYaml;
    this[filled] = isFilled;
  }

  /** JSON.stringify() would write how an expression is made. */
  toJSON(): never {
    return this[Symbol.toPrimitive]();
  }

  [Symbol.toPrimitive](): never {
    throw new DefinitionError(
      `the expression ${this[written]} is used in a plain string: write text\`…\` instead, or in a script pass it through env`,
    );
  }
}

/** An expression as GitHub reads it, without the braces. The caller vouches for its types. */
export function expression<V, Scope extends string = never>(source: string): Expression<V, Scope> {
  return made(new Source(source));
}

function made<V, Scope extends string>(source: Source): Expression<V, Scope> {
  return source as unknown as Expression<V, Scope>;
}

/** A context, such as `github`: every property is one name deeper and an expression too. `Shape` says which there are. */
export function context<Shape>(path: string): Shape {
  return new Proxy(new Source(path), {
    get: (source, name) =>
      typeof name === 'symbol' || name === 'toJSON'
        ? Reflect.get(source, name)
        : context(member(path, name)),
  }) as Shape;
}

function member(path: string, name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`;
}

/** Whether a value is an expression. */
export function isExpression(candidate: unknown): candidate is Expression<unknown, string> {
  return candidate instanceof Source;
}

/** An expression without braces: in `if`, and inside of others. */
export function bare(of: Expression<unknown, string>): string {
  return (of as unknown as Source)[written];
}

/** An expression as a value in YAML: in braces, or text with such in it. */
export function braced(of: Expression<unknown, string>): string {
  const inBraces = `\${{ ${bare(of)} }}`;
  return (of as unknown as Source)[parts] ?? inBraces;
}

/** Text with expressions in it: text`${registry}/api:${github.sha}`. */
export function text<Scope extends string = never>(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Expression<unknown, Scope>)[]
): Expression<string, NoInfer<Scope>> {
  const operands: string[] = [];
  let format = '';
  let inYaml = '';
  for (const [index, string] of strings.entries()) {
    const part = values[index] ?? '';
    const plain = isExpression(part) ? string : string + part;
    format += plain.replace(/[{}]/g, '$&$&');
    inYaml += plain;
    if (!isExpression(part)) continue;
    format += `{${operands.push(bare(part)) - 1}}`;
    inYaml += braced(part);
  }
  const source = `format(${[literal(format), ...operands].join(', ')})`;
  return made(
    new Source(
      source,
      inYaml,
      strings.some((each) => each !== ''),
    ),
  );
}

/** True where all are. */
export function and<S extends string>(
  ...conditions: Expression<boolean, S>[]
): Condition<NoInfer<S>> {
  return expression(conditions.map((each) => operand(each, 'and')).join(' && '));
}

/** True where one is. */
export function or<S extends string>(
  ...conditions: Expression<boolean, S>[]
): Condition<NoInfer<S>> {
  return expression(conditions.map((each) => operand(each, 'or')).join(' || '));
}

export function not<S extends string>(condition: Expression<boolean, S>): Condition<NoInfer<S>> {
  return expression(`!${operand(condition, 'not')}`);
}

/** Whether an expression has a value, which is of its own type. */
export function equals<V, S extends string = never, O extends string = never>(
  left: Expression<V, S>,
  right: Operand<NoInfer<V>, O>,
): Condition<NoInfer<S | O>> {
  return expression(`${operand(left, 'not')} == ${operand(right, 'not')}`);
}

/** Whether an expression has one of several values, which are of its own type. */
export function isOneOf<V, S extends string = never, O extends string = never>(
  left: Expression<V, S>,
  ...values: readonly [Operand<NoInfer<V>, O>, Operand<NoInfer<V>, O>, ...Operand<NoInfer<V>, O>[]]
): Condition<NoInfer<S | O>> {
  const comparisons = values.map((value) => `${operand(left, 'not')} == ${operand(value, 'not')}`);
  return expression(comparisons.join(' || '));
}

export function differs<V, S extends string = never, O extends string = never>(
  left: Expression<V, S>,
  right: Operand<NoInfer<V>, O>,
): Condition<NoInfer<S | O>> {
  return expression(`${operand(left, 'not')} != ${operand(right, 'not')}`);
}

/**
 * `then` where the condition is true, `otherwise` elsewhere; a text that is empty in the run stays empty. Throws where
 * `then` is written out and empty: GitHub's `&&` would take the other.
 */
export function when<
  V extends Primitive,
  C extends string = never,
  S extends string = never,
  O extends string = never,
>(
  condition: Expression<boolean, C>,
  then: Expression<V, S> | V,
  otherwise: Expression<V, O> | V,
): Expression<V, NoInfer<C | S | O>> {
  if (!then)
    throw new DefinitionError(`when(): ${JSON.stringify(then)} is never taken, since it is empty`);
  const chosen = `${operand(condition, 'and')} && ${operand(then, 'and')}`;
  // What is written out is never empty, and the empty text is what is left without the other.
  if (isFilled(then) || otherwise === '')
    return made(new Source(`${chosen} || ${operand(otherwise)}`, undefined, isFilled(otherwise)));
  const other = `!${operand(condition, 'not')} && ${operand(otherwise, 'and')}`;
  return expression(`${chosen} || ${other} || ''`);
}

function isFilled(of: unknown): boolean {
  return of instanceof Source ? of[filled] : Boolean(of);
}

/** A value where the condition is true, and the empty text elsewhere. */
export function onlyIf<V extends Primitive, C extends string = never, S extends string = never>(
  condition: Expression<boolean, C>,
  then: Expression<V, S> | V,
): Expression<V | '', NoInfer<C | S>> {
  return expression(`${operand(condition, 'and')} && ${operand(then, 'and')} || ''`);
}

/** The first that is not empty. */
export function firstOf<V, S extends string = never>(
  ...operands: readonly [Expression<V, S>, ...Operand<NoInfer<V> | number, S>[]]
): Expression<NoInfer<V>, NoInfer<S>> {
  return expression(operands.map((each) => operand(each, 'or')).join(' || '));
}

export function contains<S extends string = never, O extends string = never>(
  search: Expression<string | readonly string[], S>,
  item: Operand<string, O>,
): Condition<NoInfer<S | O>> {
  return expression(`contains(${bare(search)}, ${operand(item)})`);
}

export function startsWith<S extends string = never, O extends string = never>(
  search: Expression<string, S>,
  prefix: Operand<string, O>,
): Condition<NoInfer<S | O>> {
  return expression(`startsWith(${bare(search)}, ${operand(prefix)})`);
}

export function endsWith<S extends string = never, O extends string = never>(
  search: Expression<string, S>,
  suffix: Operand<string, O>,
): Condition<NoInfer<S | O>> {
  return expression(`endsWith(${bare(search)}, ${operand(suffix)})`);
}

interface JsonTypes {
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
  readonly list: readonly unknown[];
}

/** The value of a JSON text. Nobody knows what it is before the run: whoever uses it says of what type. */
export function fromJson<
  S extends string,
  const Type extends keyof JsonTypes | 'object' = 'object',
>(
  text: Expression<string, S>,
  _type?: Type,
): Expression<Type extends keyof JsonTypes ? JsonTypes[Type] : object, S> {
  return expression(`fromJSON(${bare(text)})`);
}

/** A hash over the files that the patterns name in the checked-out repository. */
export function hashFiles(
  ...patterns: readonly [string, ...string[]]
): Expression<string, 'a step'> {
  return expression(`hashFiles(${patterns.map(literal).join(', ')})`);
}

export function toJson<S extends string>(
  of: Expression<unknown, S>,
): Expression<string, NoInfer<S>> {
  return expression(`toJSON(${bare(of)})`);
}

type InCondition = 'an if';

/** Runs whatever happened before, a cancelled run included. */
export function always(): Condition<InCondition> {
  return expression('always()');
}

/** Runs if all before succeeded; what a condition without a status function means as well. */
export function success(): Condition<InCondition> {
  return expression('success()');
}

/** Runs if something before failed. */
export function failure(): Condition<InCondition> {
  return expression('failure()');
}

/** Runs if the run was cancelled; `not(cancelled())` where it was not, whatever failed. */
export function cancelled(): Condition<InCondition> {
  return expression('cancelled()');
}

/** An operand in the text of an expression; `within` an operator, what binds less tightly is put in parentheses. */
function operand(of: unknown, within?: 'and' | 'or' | 'not'): string {
  if (!isExpression(of)) return literal(of as Primitive);
  const text = bare(of);
  const loose = /\|\|/.test(withoutStrings(text));
  const tight = /&&|[=!<>]=|[<>]/.test(withoutStrings(text));
  const wrap = within === 'not' ? loose || tight : within === 'and' && loose;
  return wrap ? `(${text})` : text;
}

function withoutStrings(text: string): string {
  let result = text.replace(/'(?:[^']|'')*'/g, "''");
  // What stands in parentheses is closed in itself.
  for (let before = ''; before !== result; ) {
    before = result;
    result = result.replace(/\([^()]*\)/g, '');
  }
  return result;
}

function literal(of: Primitive): string {
  return typeof of === 'string' ? `'${of.replaceAll("'", "''")}'` : String(of);
}
