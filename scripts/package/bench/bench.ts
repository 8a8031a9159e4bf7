/** What a bench found. Times depend on the machine: what counts are ratios to something measured in the same run. */
export interface BenchResult {
  readonly title: string;
  /** How it was measured, in a sentence. */
  readonly method: string;
  readonly rows: readonly Row[];
  readonly targets: readonly Target[];
}

/** One thing that was measured; every row of a bench has the same columns. */
export interface Row {
  readonly name: string;
  /** By the column's name, which ends with the unit: `time (ms)`. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** What a value should be at most. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly atMost: number;
  readonly met: boolean;
}

export interface BenchOptions {
  readonly signal: AbortSignal;
  /** How often each thing is measured; a bench has its own default. */
  readonly rounds?: number;
  /** Whether to measure for as long as it takes; otherwise a bench is done within minutes. */
  readonly thorough?: boolean;
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>;

/** A target, judged. */
export function target(name: string, value: number, atMost: number): Target {
  return { name, value, atMost, met: value <= atMost };
}

/** The middle of numbers, which one slow run does not move. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}
