import { data, type Expr } from '@actions/expressions';
import { Binary, FunctionCall, Grouping, Literal, Logical, Unary } from '@actions/expressions/ast';
import { partsOf, referenceOf } from '../../src/typed/check/references.ts';

const { Kind } = data;

/** Whether a reference names all of its parts, none by an expression or `*`. */
export function isWhole(node: Expr): boolean {
  return (
    partsOf(node).every((each) =>
      each instanceof Literal
        ? each.literal.kind === Kind.String
        : referenceOf(each) !== undefined && isWhole(each),
    ) &&
    (partsOf(node).length < 2 || partsOf(node)[1] instanceof Literal)
  );
}

/** An expression as it is written, without spaces that do not matter. */
export function written(node: Expr): string {
  if (node instanceof Grouping) return `(${written(node.group)})`;
  if (node instanceof Literal) {
    if (node.literal.kind === Kind.String)
      return `'${node.literal.coerceString().replaceAll("'", "''")}'`;
    return node.token.lexeme;
  }
  if (node instanceof Binary)
    return `${written(node.left)} ${node.operator.lexeme} ${written(node.right)}`;
  if (node instanceof Unary) return `!${written(node.expr)}`;
  if (node instanceof Logical)
    return node.args.map((each) => written(each)).join(` ${node.operator.lexeme} `);
  if (node instanceof FunctionCall)
    return `${node.functionName.lexeme}(${node.args.map(written).join(', ')})`;
  const [of, index] = partsOf(node);
  if (!of || !index) return referenceOf(node)?.join('.') ?? '*';
  if (index instanceof Literal) {
    const name = index.literal.coerceString();
    if (index.literal.kind === Kind.String && /^[A-Za-z_][\w-]*$/.test(name))
      return `${written(of)}.${name}`;
    return `${written(of)}[${written(index)}]`;
  }
  const inside = written(index);
  return inside === '*' ? `${written(of)}.*` : `${written(of)}[${inside}]`;
}
