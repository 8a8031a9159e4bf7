import { data, type Expr } from '@actions/expressions';
import { Binary, FunctionCall, Grouping, Literal, Logical, Unary } from '@actions/expressions/ast';
import { parse, referenceOf } from '../../src/typed/check/references.ts';
import { type Code, call, memberOf, oneLine, print, quoted } from './code.ts';
import { fits, isTextual, type Typed } from './fitting-types.ts';
import type { Importing, Place } from './importing.ts';
import { referenceTo, results, type Type } from './known-values.ts';
import { escapeName, untypedExpression } from './untyped.ts';
import { isWhole, written } from './written-expression.ts';

const { Kind } = data;

/** Why an expression has no type. */
class NoType extends Error {}

const text: Type = { kind: 'text' };
const boolean: Type = { kind: 'boolean' };

/**
 * The TypeScript of an expression without braces, whose compiled text is the same expression. What has no type is
 * written as it is and marked with `line`.
 */
export function typedExpression(
  source: string,
  { file, place, line }: { readonly file: Importing; readonly place: Place; readonly line: number },
): Typed {
  try {
    return file.attempt(() => new Translation(file, place, line).value(parsed(source)));
  } catch (error) {
    if (!(error instanceof NoType)) throw error;
    return { ...untyped(source, error.message, { file, line }), type: text };
  }
}

/** The TypeScript of a condition; what has no type is marked part by part. */
export function typedCondition(
  source: string,
  { file, place, line }: { readonly file: Importing; readonly place: Place; readonly line: number },
): Code {
  const inIf = new Set([...place.offers, 'an if']);
  inIf.delete('a secret');
  try {
    const translation = new Translation(file, { ...place, offers: inIf }, line);
    return file.attempt(() => translation.condition(parsed(source)));
  } catch (error) {
    if (!(error instanceof NoType)) throw error;
    return untyped(source, error.message, { file, line }).code;
  }
}

function parsed(source: string): Expr {
  try {
    const tree = parse(source) as Expr | undefined;
    if (tree) return tree;
  } catch {
    // Said below.
  }
  throw new NoType('the layer cannot read this expression');
}

function untyped(
  source: string,
  reason: string,
  { file, line }: { readonly file: Importing; readonly line: number },
): Omit<Typed, 'type'> {
  file.use(escapeName);
  file.mark(line, source, reason);
  return { code: untypedExpression(source), untrusted: false };
}

class Translation {
  readonly #file: Importing;
  readonly #place: Place;
  readonly #line: number;

  constructor(file: Importing, place: Place, line: number) {
    this.#file = file;
    this.#place = place;
    this.#line = line;
  }

  /** A condition; throws `NoType` only where no part of it has a type. */
  condition(node: Expr): Code {
    if (node instanceof Grouping) return this.condition(node.group);
    if (node instanceof Logical) {
      const and = node.operator.lexeme === '&&';
      const several = and ? undefined : this.#tried(() => this.#oneOf(node.args));
      if (several) return several;
      const parts = node.args.map((each) => this.#operandOf(each));
      return call(this.#file.use(and ? 'and' : 'or'), ...parts);
    }
    if (node instanceof Unary) return call(this.#file.use('not'), this.#operandOf(node.expr));
    const found = this.value(node);
    if (found.literal !== undefined) throw new NoType('a condition that is written out');
    if (found.type.kind === 'boolean') return found.code;
    if (found.type.kind === 'object' && node instanceof FunctionCall && node.args[0])
      return call('fromJson', this.value(node.args[0]).code, quoted('boolean'));
    throw new NoType(
      "it is taken for true where it is not empty, and is no boolean: differs(…, '') says the same of a text",
    );
  }

  /** A part of a condition, which is written as it is where it has no type. */
  #operandOf(node: Expr): Code {
    try {
      return this.#file.attempt(() => this.condition(node));
    } catch (error) {
      if (!(error instanceof NoType)) throw error;
      const source = written(node);
      return untyped(source, error.message, { file: this.#file, line: this.#line }).code;
    }
  }

  /** Comparisons of one value with several. */
  #oneOf(nodes: readonly Expr[]): Code {
    const comparisons = nodes.map((node) => (node instanceof Grouping ? node.group : node));
    const [first] = comparisons;
    if (!(first instanceof Binary)) throw new NoType('no comparison');
    const left = written(first.left);
    const values: Code[] = [];
    for (const each of comparisons) {
      const same =
        each instanceof Binary && each.operator.lexeme === '==' && written(each.left) === left;
      if (!same || !(each.right instanceof Literal)) throw new NoType('other comparisons');
      values.push(this.#sides(each).value.code);
    }
    return call(this.#file.use('isOneOf'), this.value(first.left).code, ...values);
  }

  /** A value of any type. Throws `NoType`. */
  value(node: Expr): Typed {
    if (node instanceof Grouping) return this.value(node.group);
    if (node instanceof Literal) return this.#literal(node);
    if (node instanceof Binary) return this.#comparison(node);
    if (node instanceof FunctionCall) return this.#call(node);
    if (node instanceof Unary)
      return {
        code: call(this.#file.use('not'), this.#boolean(node.expr)),
        type: boolean,
        untrusted: false,
      };
    if (node instanceof Logical) return this.#choice(node);
    const path = referenceOf(node);
    if (path && isWhole(node)) return this.#reference(path);
    throw new NoType('a list of parts, or a part whose name is computed, has no type');
  }

  #literal(node: Literal): Typed {
    const { literal } = node;
    const text = literal.coerceString();
    const found =
      literal.kind === Kind.Boolean
        ? text === 'true'
        : literal.kind === Kind.Number
          ? Number(text)
          : text;
    if (literal.kind === Kind.Null) throw new NoType('null has no type');
    return {
      code: typeof found === 'string' ? quoted(found) : String(found),
      ...{ type: { kind: 'values', values: [found] }, untrusted: false, literal: found },
    };
  }

  /** A condition in a place where nothing may be untyped. */
  #boolean(node: Expr): Code {
    const found = this.value(node);
    if (found.type.kind === 'boolean' && found.literal === undefined) return found.code;
    throw new NoType(`${written(node)} is no boolean`);
  }

  #isBoolean(node: Expr): boolean {
    return this.#tried(() => this.#boolean(node)) !== undefined;
  }

  /** What is made; undefined where it has no type. */
  #tried<T>(make: () => T): T | undefined {
    try {
      return this.#file.attempt(make);
    } catch (error) {
      if (error instanceof NoType) return undefined;
      throw error;
    }
  }

  #comparison(node: Binary): Typed {
    const names: Readonly<Record<string, string>> = { '==': 'equals', '!=': 'differs' };
    const name = names[node.operator.lexeme];
    if (!name) throw new NoType(`the layer has no ${node.operator.lexeme}`);
    const { of, value } = this.#sides(node);
    return {
      code: call(this.#file.use(name), of.code, value.code),
      type: boolean,
      untrusted: false,
    };
  }

  /** What is compared, and with what. */
  #sides(node: Binary): { readonly of: Typed; readonly value: Typed } {
    const [left, right] = [this.value(node.left), this.value(node.right)];
    const turned =
      left.literal !== undefined || (right.literal === undefined && !fits(right, left));
    const [of, value] = turned ? [right, left] : [left, right];
    if (of.literal !== undefined) throw new NoType('both sides are written out');
    if (!fits(value, of))
      throw new NoType(
        `${written(turned ? node.right : node.left)} never has this value, by its type`,
      );
    return { of, value };
  }

  #choice(node: Logical): Typed {
    const { args } = node;
    if (args.every((each) => this.#isBoolean(each))) {
      const and = node.operator.lexeme === '&&';
      const code =
        (and ? undefined : this.#tried(() => this.#oneOf(args))) ??
        call(this.#file.use(and ? 'and' : 'or'), ...args.map((each) => this.#boolean(each)));
      return { code, type: boolean, untrusted: false };
    }
    if (node.operator.lexeme === '&&')
      throw new NoType('it is false where the condition is: onlyIf(…) is the empty text there');
    const [first, ...others] = args;
    if (first instanceof Logical && first.operator.lexeme === '&&')
      return this.#when(first, others);
    return this.#firstOf(args);
  }

  #when(first: Logical, others: readonly Expr[]): Typed {
    const conditions = first.args.slice(0, -1).map((each) => this.#boolean(each));
    const [only] = conditions;
    const condition =
      conditions.length === 1 && only ? only : call(this.#file.use('and'), ...conditions);
    const then = this.value(first.args.at(-1) as Expr);
    const [next, ...rest] = others;
    const otherwise = rest.length > 0 ? this.#rest(others) : this.value(next as Expr);
    const both = { untrusted: then.untrusted || otherwise.untrusted, type: text };
    if (otherwise.literal === '' && !then.literal)
      return { code: call(this.#file.use('onlyIf'), condition, then.code), ...both };
    if (!then.literal)
      throw new NoType(
        'where the first value is empty GitHub takes the other: when(…) does not, if that is not wanted',
      );
    const values = [then, otherwise].map(({ type }) =>
      type.kind === 'values' ? type.values : undefined,
    );
    const [one, other] = values;
    const type: Type =
      one && other && [then, otherwise].every(({ literal }) => literal !== undefined)
        ? { kind: 'values', values: [...one, ...other] }
        : text;
    if (typeof then.literal !== typeof (otherwise.literal ?? then.literal))
      throw new NoType('the values are of different types');
    return {
      code: call(this.#file.use('when'), condition, then.code, otherwise.code),
      ...both,
      type,
    };
  }

  /** What is left of a chain of choices. */
  #rest(nodes: readonly Expr[]): Typed {
    const [first, ...others] = nodes;
    if (first instanceof Logical && first.operator.lexeme === '&&')
      return this.#when(first, others);
    return this.#firstOf(nodes);
  }

  #firstOf(nodes: readonly Expr[]): Typed {
    const values = nodes.map((each) => this.value(each));
    const [first, ...others] = values;
    if (!first || first.literal !== undefined || !isTextual(first.type))
      throw new NoType('the first that is not empty has to be a text');
    const ofText = first.type.kind === 'text';
    const wrong = others.some((each) =>
      ofText
        ? !isTextual(each.type) && each.type.kind !== 'number' && typeof each.literal !== 'number'
        : !fits(each, first),
    );
    if (wrong) throw new NoType('the values are of different types');
    return {
      ...{ code: call(this.#file.use('firstOf'), ...values.map(({ code }) => code)), type: text },
      untrusted: values.some(({ untrusted }) => untrusted),
    };
  }

  #call(node: FunctionCall): Typed {
    const name = node.functionName.lexeme.toLowerCase();
    const args = () => node.args.map((each) => this.value(each));
    switch (name) {
      case 'always':
      case 'success':
      case 'failure':
      case 'cancelled':
        this.#demand('an if', `${name}() is for the if of a job or step`);
        return { code: `${this.#file.use(name)}()`, type: boolean, untrusted: false };
      case 'contains':
      case 'startswith':
      case 'endswith':
        return this.#search(name, args());
      case 'hashfiles': {
        this.#demand('a step', 'hashFiles is known in steps only');
        const patterns = args();
        if (patterns.some(({ literal }) => typeof literal !== 'string'))
          throw new NoType('hashFiles takes patterns that are written out');
        return {
          code: call(this.#file.use('hashFiles'), ...patterns.map(({ code }) => code)),
          type: text,
          untrusted: false,
        };
      }
      case 'format':
        return this.#format(args());
      case 'tojson':
      case 'fromjson': {
        const [of] = args();
        if (!of || of.literal !== undefined)
          throw new NoType(`${node.functionName.lexeme} takes no text that is written out`);
        const own = name === 'tojson' ? 'toJson' : 'fromJson';
        const type: Type = name === 'tojson' ? text : { kind: 'object' };
        return { code: call(this.#file.use(own), of.code), type, untrusted: of.untrusted };
      }
      default:
        throw new NoType(`the layer has no ${node.functionName.lexeme}`);
    }
  }

  #search(name: string, [of, item]: readonly Typed[]): Typed {
    const names: Readonly<Record<string, string>> = {
      contains: 'contains',
      startswith: 'startsWith',
      endswith: 'endsWith',
    };
    if (!of || !item || of.literal !== undefined)
      throw new NoType('it searches in a text that is written out');
    const isText = ({ type }: Typed) =>
      type.kind === 'text' ||
      type.kind === 'ref' ||
      (type.kind === 'values' && type.values.every((each) => typeof each === 'string'));
    if (!isText(of) || !isText(item))
      throw new NoType('it searches in what is no text by its type');
    return {
      code: call(this.#file.use(names[name] as string), of.code, item.code),
      type: boolean,
      untrusted: false,
    };
  }

  #format([pattern, ...values]: readonly Typed[]): Typed {
    if (typeof pattern?.literal !== 'string')
      throw new NoType('format takes a text that is written out');
    const parts = pattern.literal.split(/(\{\{|\}\}|\{\d+\})/);
    const used: (string | Typed)[] = parts.map((each) => {
      if (each === '{{' || each === '}}') return each.slice(0, 1);
      const [, index] = /^\{(\d+)\}$/.exec(each) ?? [];
      if (index === undefined) return each;
      const value = values[Number(index)];
      if (!value) throw new NoType('format has no such value');
      return value;
    });
    return {
      code: template(used, this.#file),
      type: text,
      untrusted: values.some(({ untrusted }) => untrusted),
    };
  }

  #demand(scope: string, reason: string): void {
    if (!this.#place.offers.has(scope)) throw new NoType(reason);
  }

  #reference(path: readonly string[]): Typed {
    const [context = '', ...names] = path;
    const own = context.toLowerCase();
    switch (own) {
      case 'github':
      case 'runner':
        return this.#known(path);
      case 'job':
        if (names.join('.') !== 'status')
          throw new NoType('of the job the layer has the status only');
        this.#demand('a step', 'job.status is known in steps only');
        return {
          code: this.#file.use('jobStatus'),
          type: { kind: 'values', values: results.slice(0, 3) },
          untrusted: false,
        };
      case 'needs':
        return this.#ofJob(names);
      case 'steps':
        return this.#ofStep(names);
      case 'matrix':
        return this.#ofMatrix(names);
      case 'inputs':
        return this.#input(names);
      case 'secrets':
      case 'vars':
        return this.#setting(own, names);
      default:
        throw new NoType(`the layer has no context ${context}`);
    }
  }

  #known(path: readonly string[]): Typed {
    const found = referenceTo(path.join('.'));
    if (!found) throw new NoType(`the layer has no ${path.join('.')}`);
    if (found.scope !== undefined)
      this.#demand(found.scope, `${path.join('.')} cannot be used in this place`);
    const [context = '', ...names] = path.map((each) => each.toLowerCase());
    return { ...found, code: names.reduce(memberOf, this.#file.use(context)) };
  }

  #ofJob([id, ...names]: readonly string[]): Typed {
    if (id === undefined)
      return { code: this.#file.use('needs'), type: { kind: 'object' }, untrusted: false };
    const found = this.#place.jobs.get(id);
    if (!found) throw new NoType(`this job does not need a job ${id}`);
    const [kind, name] = names;
    if (kind === 'result' && names.length === 1)
      return {
        code: `${found.constant}.result`,
        type: { kind: 'values', values: results },
        untrusted: false,
      };
    if (kind !== 'outputs' || name === undefined || names.length > 2)
      throw new NoType('of a job the layer has results and outputs');
    if (!found.outputs.has(name)) throw new NoType(`the job ${id} declares no output ${name}`);
    return { code: memberOf(`${found.constant}.outputs`, name), type: text, untrusted: false };
  }

  #ofStep([id = '', kind, name, ...more]: readonly string[]): Typed {
    const found = this.#place.steps.get(id);
    if (!found) throw new NoType(`no step before this one has the id ${id}, or it has no constant`);
    if ((kind === 'outcome' || kind === 'conclusion') && name === undefined)
      return {
        code: `${found.constant}.${kind}`,
        type: { kind: 'values', values: results },
        untrusted: false,
      };
    if (kind !== 'outputs' || name === undefined || more.length > 0)
      throw new NoType('of a step the layer has outputs and how it ended');
    if (!found.outputs.has(name))
      throw new NoType(
        `nothing says that the step ${id} has an output ${name}, or its action is not in the lock yet`,
      );
    return { code: memberOf(`${found.constant}.outputs`, name), type: text, untrusted: false };
  }

  #ofMatrix([name = '', ...more]: readonly string[]): Typed {
    const { matrix } = this.#place;
    const type = matrix?.values.get(name);
    if (!matrix || !type || more.length > 0)
      throw new NoType('the layer has values of a matrix that are declared, and no parts of them');
    return { code: memberOf(`${matrix.constant}.values`, name), type, untrusted: false };
  }

  #input([name = '', ...more]: readonly string[]): Typed {
    const found = this.#file.inputs.get(name);
    if (!found || more.length > 0) throw new NoType(`no run by hand declares an input ${name}`);
    return { ...found, code: memberOf('byHand.inputs', name) };
  }

  #setting(kind: 'secrets' | 'vars', [name, ...more]: readonly string[]): Typed {
    if (name === undefined || more.length > 0 || !/^[A-Za-z_]\w*$/.test(name))
      throw new NoType(`${kind} are named one by one`);
    const isToken = kind === 'secrets' && name.toUpperCase() === 'GITHUB_TOKEN';
    if (kind === 'secrets') this.#demand('a secret', 'a secret cannot be used in this place');
    if (isToken) return { code: `${this.#file.use('github')}.token`, type: text, untrusted: false };
    (kind === 'secrets' ? this.#file.secrets : this.#file.variables).add(name);
    this.#file.use('repository');
    return { code: memberOf(`repo.${kind}`, name), type: text, untrusted: false };
  }
}

/** Text with expressions in it, as a template. */
export function template(parts: readonly (string | Typed)[], file: Importing): Code {
  const inside = parts.map((each) => {
    if (typeof each === 'string') return escaped(each);
    if (each.literal !== undefined) return escaped(String(each.literal));
    return `\${${oneLine(each.code) ?? print(each.code)}}`;
  });
  return `${file.use('text')}\`${inside.join('')}\``;
}

function escaped(plain: string): string {
  return plain
    .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    .replace(/\$$/, '\\$')
    .replaceAll('\r', '\\r');
}
