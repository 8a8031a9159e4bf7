import { context, type Expression } from './expression.ts';

type Axis = readonly [string | number | boolean, ...(string | number | boolean)[]];

/** The values that a job runs with, one run for every combination, declared and to be used. */
export interface Matrix<Axes = Readonly<Record<string, Axis>>> {
  readonly axes: Axes;
  readonly values: {
    readonly [Name in keyof Axes & string]: Expression<
      Axes[Name] extends Axis ? Axes[Name][number] : never,
      `matrix.${Name}`
    >;
  };
}

/** Declares a matrix: only a job that has it as its strategy can use its values. */
export function matrix<const Axes extends Readonly<Record<string, Axis>>>(
  axes: Axes,
): Matrix<Axes> {
  return { axes, values: context('matrix') };
}
