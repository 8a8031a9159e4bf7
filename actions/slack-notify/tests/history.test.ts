import { expect, it } from 'vitest';
import { lastGoodRelease, type Past, type PastRun, transition } from '../src/decide/history.ts';

const now = new Date('2026-01-31T12:42:00Z');

function run(colour: PastRun['colour'], time: string, release?: string): PastRun {
  return { colour, at: new Date(`2026-01-31T${time}:00Z`), release };
}

const past = (runs: readonly PastRun[], complete = true): Past => ({ runs, complete });
const green = run('green', '11:00', '20260131T110000Z-9f8e7d6');

it('breaks once, and not again while it is red', () => {
  expect(transition('failed', past([green]), now)).toEqual({ kind: 'broke' });
  const red = run('red', '12:00');
  expect(transition('rolled-back', past([red, green]), now)).toBeUndefined();
});

it('recovers after the time since the first red run', () => {
  const runs = [run('red', '12:30'), run('red', '12:00'), green];
  expect(transition('live', past(runs), now)).toEqual({ kind: 'recovered', after: 42 * 60_000 });
  expect(transition('redeployed', past([run('red', '12:00')]), now)).toEqual({
    kind: 'recovered',
    after: 42 * 60_000,
  });
  expect(transition('live', past([green]), now)).toBeUndefined();
});

it('does not guess how long, when the first red run is too far back', () => {
  const runs = Array.from({ length: 30 }, () => run('red', '12:00'));
  expect(transition('live', past(runs, false), now)).toEqual({
    kind: 'recovered',
    after: undefined,
  });
});

it('changes nothing with a first run, nor with one that deployed nothing', () => {
  expect(transition('failed', past([]), now)).toBeUndefined();
  expect(transition('cancelled', past([green]), now)).toBeUndefined();
  expect(transition('tested-only', past([run('red', '12:00')]), now)).toBeUndefined();
});

it('knows the last good release', () => {
  expect(lastGoodRelease(past([run('red', '12:00'), green]))).toBe('20260131T110000Z-9f8e7d6');
  expect(lastGoodRelease(past([run('red', '12:00')]))).toBeUndefined();
});
