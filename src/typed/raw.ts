import { DefinitionError } from './definition-error.ts';
import { toPlain } from './plain-values.ts';
import { callerPosition, type Position } from './position.ts';

/** Keys of the YAML that this layer does not have, and why they are needed. */
export interface Raw {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly written: Position | undefined;
}

/** Raw keys in their place. */
export interface PlacedRaw {
  readonly path: readonly (string | number)[];
  readonly raw: Raw;
}

const shortest = 10;

/**
 * What GitHub has and this layer does not have yet: keys that go into the YAML as they are, mappings into those that are
 * there. The build's rules still look at the result; types do not. Throws without a reason, which the build prints.
 */
export function raw(keys: Readonly<Record<string, unknown>>, reason: string): Raw {
  if (reason.length < shortest)
    throw new DefinitionError(`raw() says why, in ${shortest} letters at least`);
  return { keys, reason, written: callerPosition() };
}

/** A part of the YAML with its raw keys. Throws for those that this layer has: `known`, where they are no mapping. */
export function withRaw<Part extends object>(
  part: Part,
  of: Raw | undefined,
  known: readonly string[],
): Part {
  if (of === undefined) return part;
  const keys = toPlain(of.keys) as Raw['keys'];
  const had = Object.entries(keys).find(
    ([key, value]) => key === 'jobs' || (known.includes(key) && !isMapping(value)),
  );
  if (had)
    throw new DefinitionError(
      `raw() is for what is not there yet, and ${had[0]} is: write it beside raw`,
      of.written,
    );
  return merged(part, keys) as Part;
}

/** A mapping with another in it; what is no mapping is replaced. */
function merged(one: unknown, other: unknown): unknown {
  if (!isMapping(one) || !isMapping(other)) return other;
  const both = Object.entries(other).map(([key, value]) => [key, merged(one[key], value)]);
  return { ...one, ...Object.fromEntries(both) };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
