import type { Code } from './code.ts';
import type { Type } from './known-values.ts';

/** An expression in TypeScript. */
export interface Typed {
  readonly code: Code;
  readonly type: Type;
  /** Others write what it evaluates to. */
  readonly untrusted: boolean;
  /** A value that is written out. */
  readonly literal?: string | number | boolean;
}

/** Whether one can be compared with the other, by their types. */
export function fits(value: Typed, of: Typed): boolean {
  if (of.type.kind === 'object' || value.type.kind === 'object') return false;
  const { literal } = value;
  switch (of.type.kind) {
    case 'text':
      return literal === undefined ? isTextual(value.type) : typeof literal === 'string';
    case 'ref':
      return literal === undefined
        ? value.type.kind === 'ref'
        : String(literal).startsWith('refs/');
    case 'values': {
      const { values } = of.type;
      if (literal !== undefined) return values.includes(literal);
      return (
        value.type.kind === 'values' && value.type.values.every((each) => values.includes(each))
      );
    }
    default:
      return literal === undefined
        ? value.type.kind === of.type.kind
        : typeof literal === of.type.kind;
  }
}

/** Whether what has a type is a text. */
export function isTextual(type: Type): boolean {
  if (type.kind === 'values') return type.values.every((each) => typeof each === 'string');
  return type.kind === 'text' || type.kind === 'ref';
}
