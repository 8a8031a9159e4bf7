import { describe, expect, it } from 'vitest';
import { Steadiness } from '../src/steadiness.ts';

/** How many tries it takes until it is proven; undefined where it is not. */
function triesUntilProven(steadiness: Steadiness, tries: readonly boolean[]): number | undefined {
  for (const [index, passed] of tries.entries()) {
    steadiness.record(passed);
    if (steadiness.isProven) return index + 1;
  }
  return undefined;
}

const fail = (count: number) => Array.from({ length: count }, () => false);
const pass = (count: number) => Array.from({ length: count }, () => true);

describe('a check that has to pass three times in a row', () => {
  it('does so, however long the start took', () => {
    expect(triesUntilProven(new Steadiness(3, false), pass(3))).toBe(3);
    const slow = new Steadiness(3, false);
    expect(triesUntilProven(slow, [...fail(50), ...pass(3)])).toBe(53);
    expect(slow.deviations()).toEqual([]);
  });

  it('has to pass more often each time that it fails after it had passed', () => {
    const once = new Steadiness(3, false);
    expect(triesUntilProven(once, [...pass(2), ...fail(1), ...pass(20)])).toBe(3 + 8);
    const twice = new Steadiness(3, false);
    const tries = [...pass(2), ...fail(1), ...pass(2), ...fail(1), ...pass(20)];
    expect(triesUntilProven(twice, tries)).toBe(6 + 16);
    expect(twice.deviations()).toEqual([
      {
        what: 'steadiness',
        expected: 'passes 3 times in a row',
        actual: 'passes and fails in turn: 2 of 22 tries failed',
      },
    ]);
  });

  it('is not proven by what fails every third time', () => {
    const tries = Array.from({ length: 300 }, (_, at) => at % 3 !== 2);
    const flickering = new Steadiness(3, false);
    expect(triesUntilProven(flickering, tries)).toBeUndefined();
    expect(flickering.isGoodSoFar).toBe(false);
  });

  it('is good so far as long as it has only passed since it first did', () => {
    const steadiness = new Steadiness(3, false);
    expect(steadiness.isGoodSoFar).toBe(false);
    steadiness.record(true);
    expect(steadiness.isGoodSoFar).toBe(true);
    steadiness.record(false);
    steadiness.record(true);
    expect(steadiness.isGoodSoFar).toBe(false);
  });
});

it('takes one more success of what has passed before, and many where that fails', () => {
  expect(triesUntilProven(new Steadiness(3, true), pass(1))).toBe(1);
  expect(triesUntilProven(new Steadiness(3, true), [...fail(1), ...pass(20)])).toBe(9);
});
