import { expect, it } from 'vitest';
import { median, target } from '../../scripts/package/bench/bench.ts';
import {
  measureMemory,
  measureTimes,
  type Program,
} from '../../scripts/package/bench/processes.ts';
import { render } from '../../scripts/package/bench/render.ts';

const { signal } = new AbortController();

it('takes the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('no median of nothing');
});

it('shows what was measured, and which targets are missed', () => {
  const rows = [
    { name: 'one', values: { 'time (ms)': 123.4, 'size (MB)': null } },
    { name: 'two', values: { 'time (ms)': 1.234, 'size (MB)': 2 } },
  ];
  const targets = [target('time', 3, 3), target('size', 3.01, 3)];
  expect(render({ title: 'A bench', method: 'How.', rows, targets }).split('\n')).toEqual([
    '# A bench',
    '',
    'How.',
    '',
    '|     | time (ms) | size (MB) |',
    '| --- | --------- | --------- |',
    '| one | 123       | –         |',
    '| two | 1.23      | 2.00      |',
    '',
    '| Target | Measured | At most | Met |',
    '| ------ | -------- | ------- | --- |',
    '| time   | 3.00     | 3.00    | yes |',
    '| size   | 3.01     | 3.00    | NO  |',
  ]);
});

it('runs each program once a round, and refuses one that does not do its work', async () => {
  let runs = 0;
  const program = (code: string): Program => ({
    args: ['--eval', code],
    env: {},
    check: (log) => {
      runs += 1;
      if (!log.includes('done')) throw new Error('not done');
    },
  });
  const times = await measureTimes([program('console.log("done")')], 2, signal);
  expect(times.map((each) => each.length)).toEqual([2]);
  // One more, to warm up.
  expect(runs).toBe(3);
  await expect(measureTimes([program('0')], 1, signal)).rejects.toThrow('not done');
});

it('tells a program that holds memory from one that does not, whatever this process holds', async () => {
  const held = Buffer.alloc(3e8, 1);
  const peak = (code: string) =>
    measureMemory({ args: ['--eval', code], env: {}, check: () => undefined }, signal);
  const [small, large] = [await peak('0'), await peak('Buffer.alloc(1e8, 1)')];
  expect(large - small).toBeGreaterThan(40);
  expect(small).toBeLessThan(held.byteLength / 2 ** 20);
});
