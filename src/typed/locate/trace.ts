import type * as t from '@babel/types';
import type { Position } from '../position.ts';
import { lineOf } from './script-lines.ts';
import { keyOf, sourceOf } from './source.ts';
import { type Value, valuesOf } from './values.ts';
import type { YamlPath } from './yaml-place.ts';

/** What is looked for in a definition. */
export interface Sought {
  readonly path: YamlPath;
  /** Within a text of several lines: which of them, from 0. */
  readonly line: number | undefined;
}

/** How far a path could be followed. */
export interface Trace {
  readonly position: Position;
  /** How many of its keys are left; a half more where it is not sure that the place is the right one. */
  readonly left: number;
}

type Literal<Node extends t.Node> = Value & { readonly node: Node };

/** Follows a path into the definition that the call at a position gets. */
export function traceCall(at: Position, sought: Sought): Trace {
  const from = { position: at, left: sought.path.length };
  const call = sourceOf(at.file)?.calls.get(`${at.line}:${at.column}`);
  return call ? traceArguments(call, sought, from) : from;
}

/** The trace that leads furthest; of equal ones the first. */
export function furthest(traces: readonly [Trace, ...Trace[]]): Trace {
  return traces.reduce((best, each) => (each.left < best.left ? each : best));
}

function traceArguments(call: Literal<t.CallExpression>, sought: Sought, from: Trace): Trace {
  const traces = call.node.arguments.map((node) =>
    trace({ node, scope: call.scope }, sought, from),
  );
  return furthest([from, ...traces]);
}

/** Follows a path into the value of an expression; `from` is what holds the expression. */
function trace(expression: Value, sought: Sought, from: Trace): Trace {
  if (sought.path.length === 0) {
    const position = sought.line === undefined ? undefined : lineOf(expression, sought.line);
    return { position: position ?? from.position, left: 0 };
  }
  return furthest([from, ...valuesOf(expression).map((value) => traceKey(value, sought, from))]);
}

function traceKey({ node, scope }: Value, sought: Sought, from: Trace): Trace {
  if (node.type === 'ObjectExpression') return traceProperty({ node, scope }, sought, from);
  if (node.type === 'ArrayExpression') return traceElement({ node, scope }, sought, from);
  if (node.type !== 'CallExpression') return from;
  // A call that cannot be followed, such as `step({…})`, is about what it gets.
  const { path, line } = sought;
  const { callee } = node;
  if (path[0] !== 'inputs' || callee.type !== 'Identifier' || callee.name !== 'dispatch')
    return traceArguments({ node, scope }, sought, from);
  // What `dispatch` gets are the inputs themselves.
  const inputs = { position: scope.position(callee), left: path.length - 1 };
  return traceArguments({ node, scope }, { path: path.slice(1), line }, inputs);
}

function traceElement(list: Literal<t.ArrayExpression>, sought: Sought, from: Trace): Trace {
  const { elements } = list.node;
  const [index, ...path] = sought.path;
  const element = elements[Number(index)];
  if (!element || elements.some((each) => each?.type === 'SpreadElement')) return from;
  const here = { position: list.scope.position(element), left: path.length };
  return trace({ node: element, scope: list.scope }, { ...sought, path }, here);
}

/** The last property of that name, or the last spread that may hold it. */
function traceProperty(
  { node, scope }: Literal<t.ObjectExpression>,
  sought: Sought,
  from: Trace,
): Trace {
  const [key, ...path] = sought.path;
  let unsure: Trace | undefined;
  for (const each of node.properties.toReversed()) {
    const name = each.type === 'SpreadElement' ? undefined : keyOf(each);
    if (each.type !== 'SpreadElement' && name === String(key)) {
      const property = { position: scope.position(each.key), left: path.length };
      return each.type === 'ObjectProperty'
        ? trace({ node: each.value, scope }, { ...sought, path }, property)
        : property;
    }
    if (each.type === 'SpreadElement') {
      const spread = { node: each.argument, scope };
      const found = trace(spread, sought, from);
      if (found.left < from.left) return found;
      if (isWrittenOut(spread)) continue;
    }
    if (name === undefined) unsure ??= { position: scope.position(each), left: path.length + 0.5 };
  }
  return unsure ?? from;
}

/** Whether all that an expression may be can be read. */
function isWrittenOut(expression: Value): boolean {
  const values = valuesOf(expression);
  return values.length > 0 && values.every(({ node }) => node.type === 'ObjectExpression');
}
