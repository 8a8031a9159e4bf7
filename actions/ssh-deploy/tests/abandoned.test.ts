import { expect, it } from 'vitest';
import { parseResult } from '../../shared/src/executor.ts';
import { isAbandoned } from '../src/operate/abandoned.ts';
import { statusFrom } from '../src/report/status.ts';

const release = '20260101T000000Z-0a1b2c3';
const staged = { owner: 'azals/azals#7', release };

const status = (phase: string, working = '') =>
  statusFrom(
    parseResult(
      [
        `transaction-phase=${phase}`,
        `transaction-release=${release}`,
        `transaction-owner=${staged.owner}`,
        `working=${working}`,
      ].join('\n'),
    ),
  );

it.each(['staging', 'staged', 'releasing', 'prepared'])('is a release that is %s', (phase) => {
  expect(isAbandoned(status(phase), staged)).toBe(true);
  expect(isAbandoned(status(phase, `stage ${release} by x`), staged)).toBe(true);
});

it.each(['switched', 'provisional', 'confirming', 'rolling-back', 'returning'])(
  'is none that is %s',
  (phase) => {
    expect(isAbandoned(status(phase), staged)).toBe(false);
  },
);

it('is none that is going live, of another run, or of another job', () => {
  expect(isAbandoned(status('releasing', `release ${release} by x`), staged)).toBe(false);
  expect(isAbandoned(status('prepared', `switch ${release} by x`), staged)).toBe(false);
  expect(isAbandoned(status('staged'), { ...staged, owner: 'azals/azals#8' })).toBe(false);
  const other = '20260101T000001Z-0a1b2c3';
  expect(isAbandoned(status('staged'), { ...staged, release: other })).toBe(false);
  expect(isAbandoned(statusFrom(parseResult('current=\n')), staged)).toBe(false);
});

it('is known by the commit that was asked for, too', () => {
  const asked = (commit: string) => isAbandoned(status('staged'), { ...staged, release: commit });
  expect(asked('0a1b2c3')).toBe(true);
  expect(asked(`0a1b2c3${'d'.repeat(33)}`)).toBe(true);
  expect(asked('1a1b2c3')).toBe(false);
});
