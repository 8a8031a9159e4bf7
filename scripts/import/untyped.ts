import { type Code, call, quoted, withTail } from './code.ts';

/**
 * How a definition says what the layer has no type for. This file alone knows it: where the layer gets a type or an
 * escapeName of its own, it is changed here.
 */

/** What a definition imports for it. */
export const escapeName = 'expression';

/** A GitHub expression as it was written, which the compiler takes for whatever the place wants. */
export function untypedExpression(source: string): Code {
  return call(`${escapeName}<never>`, quoted(source));
}

/** A value as it was written, which the compiler takes for whatever the place wants. */
export function untypedValue(code: Code): Code {
  return withTail(code, ' as never');
}

/** The comment beside it. */
export function comment({ line, original, reason }: NotTyped): string {
  return `Not typed (line ${line}): ${original}: ${reason}`;
}

/** A part of a workflow that has no type. */
export interface NotTyped {
  /** In the YAML, from 1. */
  readonly line: number;
  readonly original: string;
  readonly reason: string;
  /** Whether it is missing in what is compiled again. */
  readonly lost?: true;
}
