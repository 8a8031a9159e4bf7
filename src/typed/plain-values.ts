import { DefinitionError } from './definition-error.ts';
import { bare, braced, type Condition, isExpression } from './expression.ts';

/** A value with its expressions as text. */
export function toPlain(value: unknown): unknown {
  if (isExpression(value)) return braced(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toPlain(each)]));
}

/** A condition needs no braces, except where YAML would read its first character as a tag. */
export function plainCondition(condition: Condition): string {
  if (!isExpression(condition))
    throw new DefinitionError(`if: ${JSON.stringify(condition)} is no condition`);
  const text = bare(condition);
  return text.startsWith('!') ? braced(condition) : text;
}
