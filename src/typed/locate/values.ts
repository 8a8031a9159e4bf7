import type * as t from '@babel/types';
import { type Binding, keyOf, Scope, sourceOf } from './source.ts';

/** A part of a source file that makes a value: a literal, or an expression that cannot be followed further. */
export interface Value {
  readonly node: t.Node;
  readonly scope: Scope;
}

/** A function may call itself. */
const deepest = 50;

/** What an expression may be, followed through names, calls and conditions to the literals it is made of. */
export function valuesOf({ node, scope }: Value, depth = 0): readonly Value[] {
  if (depth > deepest) return [];
  const follow = (next: t.Node) => valuesOf({ node: next, scope }, depth + 1);
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return follow(node.expression);
    case 'ConditionalExpression':
      return [...follow(node.consequent), ...follow(node.alternate)];
    case 'LogicalExpression':
      return [...follow(node.right), ...follow(node.left)];
    case 'Identifier': {
      const binding = scope.find(node.name);
      return binding ? valuesOfBinding(binding, depth + 1) : [];
    }
    case 'MemberExpression': {
      const { property, computed } = node;
      const key = !computed && property.type === 'Identifier' ? property.name : undefined;
      const literal = property.type === 'StringLiteral' ? property.value : key;
      const from = follow(node.object);
      return literal === undefined
        ? from.flatMap((object) => everyMember(object, depth + 1))
        : from.flatMap((object) => member(object, literal, depth + 1));
    }
    case 'CallExpression': {
      const returned = follow(node.callee).flatMap((called) =>
        returnedBy(called, { node, scope }, depth + 1),
      );
      return returned.length > 0 ? returned : [{ node, scope }];
    }
    default:
      return [{ node, scope }];
  }
}

function valuesOfBinding(binding: Binding, depth: number): readonly Value[] {
  if (depth > deepest) return [];
  if ('value' in binding) return valuesOf({ node: binding.value, scope: binding.scope }, depth);
  if ('of' in binding)
    return valuesOfBinding(binding.of, depth + 1).flatMap((object) =>
      member(object, binding.key, depth + 1),
    );
  const found = sourceOf(binding.file)?.exported(binding.exported);
  return found ? valuesOfBinding(found, depth + 1) : [];
}

function member({ node, scope }: Value, key: string, depth: number): readonly Value[] {
  if (node.type !== 'ObjectExpression') return [];
  for (const each of node.properties.toReversed()) {
    if (each.type === 'ObjectProperty' && keyOf(each) === key)
      return valuesOf({ node: each.value, scope }, depth);
    if (each.type !== 'SpreadElement') continue;
    const spread = valuesOf({ node: each.argument, scope }, depth).flatMap((from) =>
      member(from, key, depth),
    );
    if (spread.length > 0) return spread;
  }
  return [];
}

/** What `images[image]` may be where `image` is not known. */
function everyMember({ node, scope }: Value, depth: number): readonly Value[] {
  if (node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((each) =>
    each.type === 'ObjectProperty' ? valuesOf({ node: each.value, scope }, depth) : [],
  );
}

/** What a function of the definitions returns, with its parameters standing for the arguments. */
function returnedBy(
  { node, scope }: Value,
  call: { readonly node: t.CallExpression; readonly scope: Scope },
  depth: number,
): readonly Value[] {
  if (
    node.type !== 'ArrowFunctionExpression' &&
    node.type !== 'FunctionDeclaration' &&
    node.type !== 'FunctionExpression'
  )
    return [];
  const inside = new Scope(scope.file, scope);
  for (const [index, parameter] of node.params.entries()) {
    const argument = call.node.arguments[index];
    if (argument) inside.bind(parameter, { value: argument, scope: call.scope });
    else if (parameter.type === 'AssignmentPattern')
      inside.bind(parameter.left, { value: parameter.right, scope });
  }
  if (node.body.type !== 'BlockStatement')
    return valuesOf({ node: node.body, scope: inside }, depth);
  inside.declare(node.body.body);
  return node.body.body.flatMap((each) =>
    each.type === 'ReturnStatement' && each.argument
      ? valuesOf({ node: each.argument, scope: inside }, depth)
      : [],
  );
}
