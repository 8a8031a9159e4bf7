import { context, type Expression } from './expression.ts';
import type { Problem } from './problem.ts';

type Scalar = string | number | boolean;
/** The values of an axis, or a list that a job before has made: `fromJson(list.outputs.versions)`. */
type Axis = readonly [Scalar, ...Scalar[]] | Expression<object, string>;
type Axes = Readonly<Record<string, Axis>>;
type Combination = Readonly<Record<string, Scalar>>;

/** Runs besides every combination, and combinations without a run. */
export interface MatrixChanges<
  Include extends readonly Combination[] = readonly Combination[],
  Exclude extends readonly Combination[] = readonly Combination[],
> {
  /** Each adds its values to the combinations that it fits, or is a run of its own. */
  readonly include?: Include;
  /** Those that have these values do not run. */
  readonly exclude?: Exclude;
}

/** The values that a job runs with, one run for every combination, declared and to be used. */
export interface Matrix<Of = Axes, Include = readonly Combination[]> extends MatrixChanges {
  readonly axes: Of;
  readonly values: {
    readonly [Name in (keyof Of | KeysIn<Include>) & string]: Expression<
      ValueOf<Of, Name> | ValueIn<Include, Name>,
      `matrix.${Name}`
    >;
  };
}

type KeysIn<Include> = Include extends readonly (infer Each)[]
  ? Each extends unknown
    ? keyof Each
    : never
  : never;

/** Where an axis has no such name, only some runs have the value: it is empty in the others. */
type ValueOf<Of, Name> = Name extends keyof Of
  ? Of[Name] extends readonly (infer Value)[]
    ? Value
    : string
  : '';

type ValueIn<Include, Name> = Include extends readonly (infer Each)[]
  ? Each extends { readonly [Key in Name & string]: infer Value }
    ? Value
    : never
  : never;

/** What is wrong with the combinations that do not run; `unknown` where they are right. */
type CheckedExclude<Of, Excluded> = {
  readonly [Index in keyof Excluded]: {
    readonly [Name in keyof Excluded[Index]]: Name extends keyof Of
      ? Of[Name] extends readonly (infer Value)[]
        ? Excluded[Index][Name] extends Value
          ? unknown
          : Problem<`the axis ${Name & string} has no such value`>
        : unknown
      : Problem<`the matrix has no axis ${Name & string}`>;
  };
};

/** Declares a matrix: only a job that has it as its strategy can use its values. */
export function matrix<
  const Of extends Axes,
  const Include extends readonly Combination[] = readonly [],
  const Excluded extends readonly Combination[] = readonly [],
>(
  axes: Of,
  changes: MatrixChanges<Include, Excluded> & {
    readonly exclude?: CheckedExclude<Of, Excluded>;
  } = {},
): Matrix<Of, Include> {
  return { axes, ...changes, values: context('matrix') };
}
