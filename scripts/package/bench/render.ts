import { table } from '../../terminal/markdown.ts';
import type { BenchResult } from './bench.ts';

/** A bench's result as people read it. */
export function render({ title, method, rows, targets }: BenchResult): string {
  const columns = Object.keys(rows[0]?.values ?? {});
  const measured = table(
    ['', ...columns],
    rows.map(({ name, values }) => [name, ...columns.map((column) => shown(values[column]))]),
  );
  const judged = table(
    ['Target', 'Measured', 'At most', 'Met'],
    targets.map(({ name, value, atMost, met }) => [
      name,
      shown(value),
      shown(atMost),
      met ? 'yes' : 'NO',
    ]),
  );
  return [`# ${title}`, method, measured, ...(targets.length > 0 ? [judged] : [])].join('\n\n');
}

function shown(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
