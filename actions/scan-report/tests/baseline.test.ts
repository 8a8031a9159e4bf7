import { describe, expect, it } from 'vitest';
import type { Finding } from '../src/finding.ts';
import {
  type Baseline,
  growth,
  hide,
  parseBaseline,
  rebase,
  writeBaseline,
} from '../src/judge/baseline.ts';

const finding = (file: string, id = 'B602', changes: Partial<Finding> = {}): Finding => ({
  ...{ scan: 'code', kind: 'code', id, package: '', file, line: 1 },
  ...{ severity: 'HIGH', fix: '', title: 'A shell' },
  ...changes,
});
const today = '2026-12-01';
const all = () => true;
const adopted = (findings: readonly Finding[]): Baseline =>
  rebase(findings, undefined, { today, isJudged: all });

describe('a baseline', () => {
  it('takes all that is there on the first day, an entry a line, sorted by file', () => {
    const text = writeBaseline(
      adopted([finding('b.py'), finding('a.py'), finding('b.py', 'B602', { line: 9 })]),
    );
    const lines = text.split('\n').filter((line) => line.includes('"file"'));
    expect(lines.map((line) => JSON.parse(line.replace(/,$/, '')))).toEqual([
      { file: 'a.py', scan: 'code', package: '', id: 'B602', count: 1, since: today },
      { file: 'b.py', scan: 'code', package: '', id: 'B602', count: 2, since: today },
    ]);
    expect(writeBaseline(parseBaseline(text, 'x.json'))).toBe(text);
  });

  it('hides as many as it lists, whatever lines they are on, and no other', () => {
    const old = [finding('a.py'), finding('a.py', 'B602', { line: 5 })];
    const moved = old.map((each) => ({ ...each, line: 100 }));
    const third = finding('a.py', 'B602', { line: 200 });
    const others = [
      finding('b.py'),
      finding('a.py', 'B301'),
      finding('a.py', 'B602', { scan: 'x' }),
    ];
    const hidden = hide([...moved, third, ...others], adopted(old), all);
    expect([...hidden.findings]).toEqual(moved);
    expect(hidden.stale).toEqual([]);
  });

  it('only becomes smaller: what came is never taken in, what went is taken out', () => {
    const before = adopted([finding('a.py'), finding('a.py'), finding('b.py'), finding('c.py')]);
    const after = rebase(
      [finding('a.py'), finding('b.py'), finding('b.py'), finding('new.py')],
      before,
      { today: '2027-01-01', isJudged: ({ file }) => file !== 'c.py' },
    );
    expect(after.map(({ file, count, since }) => [file, count, since])).toEqual([
      ['a.py', 1, today],
      ['b.py', 1, today],
      // Its scan said nothing.
      ['c.py', 1, today],
    ]);
    expect(growth(after, before)).toEqual([]);
    expect(growth(before, after).map(({ file }) => file)).toEqual(['a.py']);
  });

  it('is stale where it lists more than is there, in scans that say something', () => {
    const baseline = adopted([finding('a.py'), finding('a.py'), finding('c.py')]);
    const { stale } = hide([finding('a.py')], baseline, ({ file }) => file !== 'c.py');
    expect(stale.map(({ file }) => file)).toEqual(['a.py']);
  });

  it('says what is wrong with it', () => {
    expect(() => parseBaseline('{"findings": []}', 'x.json')).toThrow(
      /x\.json cannot be used: .*/s,
    );
    expect(() => parseBaseline('', 'x.json')).toThrow('x.json cannot be used');
  });
});
