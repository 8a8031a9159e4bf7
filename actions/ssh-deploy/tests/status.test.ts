import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseResult } from '../../shared/src/executor.ts';
import { type EndedTransaction, statusFrom } from '../src/report/status.ts';

const release = '20260131T120000Z-0a1b2c3';
const previous = '20260130T090000Z-9f8e7d6';
const owner = 'azals/azals#7';

/** How the last deploy ended, where the host gives these words. */
function ended(words: string): EndedTransaction | undefined {
  return statusFrom(parseResult(`last-outcome=${words}\n`)).lastTransaction;
}

/** Every text with which the executor closes a transaction, as a shell puts it together. */
function closingWords(): string[] {
  const executor = new URL('../../shared/src/executor/', import.meta.url);
  const sources = readdirSync(executor).map((name) =>
    readFileSync(new URL(name, executor), 'utf8'),
  );
  const literals = sources.flatMap((source) =>
    [
      ...source.matchAll(
        /(?:close_transaction|return_to_previous) (".+?")(?: host| "\$owner")?(?: ;;)?$/gm,
      ),
    ].flatMap(([, literal = '']) => (literal === '"$1"' ? [] : [literal])),
  );
  const script = [
    `transaction() { case $1 in owner) echo ${owner} ;; previous) echo ${previous} ;; *) echo ${release} ;; esac; }`,
    'or_nothing() { printf "%s" "$1"; }',
    'back_on() { printf "staging runs %s" "$1"; }',
    `release=${previous} live=${release} owner=${owner} why="release ${release} did not stay up (api died and was started again)"`,
    `confirmed_release=${release} given_up=${release} failed_release=${release}`,
    `rolled_from=${release} rolled_to=${previous} rolled_by=${owner} taken=${release} taken_by=${owner}`,
    ...literals.map((literal) => `printf '%s\\n' ${literal}`),
  ].join('\n');
  return execFileSync('sh', ['-eu', '-c', script], { encoding: 'utf8' }).trim().split('\n');
}

it('knows the words of the executor for each way a deploy ends', () => {
  const known = closingWords().flatMap((words) => ended(`2026-01-31T12:15:01Z ${words}`) ?? []);
  expect([...new Set(known.map(({ outcome }) => outcome))].sort()).toEqual([
    'confirmed',
    'failed',
    'given-up',
    'rolled-back',
    'rolled-back-by-host',
    'taken-down',
  ]);
  for (const each of known)
    expect(each).toEqual({
      outcome: each.outcome,
      release,
      owner: ['rolled-back', 'taken-down'].includes(each.outcome) ? owner : '',
    });
});

it.each([
  '',
  'there was none',
  `rolled back: to ${release}`,
  `rolled back: from nothing to ${release} by ${owner}`,
  `failed: the rollback to ${release}, staging runs ${previous}`,
  `failed: the migration of release ${release}. nothing was changed: the database is at base`,
  `confirmed: release ${release}, or so`,
])('reads nothing into %j', (words) => {
  expect(ended(words)).toBeUndefined();
});

it('says of a release that staging went back from when, by whom and why', () => {
  const why = `rolled back by the host: release ${release} was not confirmed before 2026-01-31T12:15:00Z`;
  const printed = [
    `current=${previous}`,
    `entry=${previous} confirmed ${'9'.repeat(40)}`,
    `entry=${release} rolled-back ${'0'.repeat(40)}`,
    `left=${release} 2026-01-31T12:15:01Z host ${why}`,
  ];
  const { releases } = statusFrom(parseResult(printed.join('\n')));
  expect(releases).toEqual([
    {
      ...{ id: previous, commit: '9'.repeat(40), state: 'confirmed' },
      ...{ confirmed: true, current: true, versions: [] },
    },
    {
      ...{ id: release, commit: '0'.repeat(40), state: 'rolled-back' },
      ...{ confirmed: false, current: false, versions: [] },
      left: { at: '2026-01-31T12:15:01Z', by: 'host', why },
    },
  ]);
});

it('numbers what was live, a release that was gone back to twice', () => {
  const page = 'https://github.com/azals/azals/actions/runs/7';
  const printed = [
    `current=${previous}`,
    `entry=${previous} confirmed ${'9'.repeat(40)}`,
    `entry=${release} rolled-back ${'0'.repeat(40)}`,
    `history=11 2026-01-30T09:00:00Z ${previous} before - - - -`,
    `history=13 2026-01-31T12:00:00Z ${release} released - camille ${page} 120`,
    `history=14 2026-01-31T12:15:00Z ${previous} rolled-back 11 cli:ines@laptop - 150`,
    `history=15 2026-01-31T12:15:00Z ${previous} of-a-later-version - - - -`,
  ];
  const { history, releases } = statusFrom(parseResult(printed.join('\n')));
  expect(releases.map(({ versions }) => versions)).toEqual([[11, 14], [13]]);
  expect(history).toEqual([
    {
      ...{ number: 11, at: '2026-01-30T09:00:00Z', release: previous, how: 'before' },
      ...{ by: '', runUrl: '' },
    },
    {
      ...{ number: 13, at: '2026-01-31T12:00:00Z', release, how: 'released' },
      ...{ by: 'camille', runUrl: page },
    },
    {
      ...{ number: 14, at: '2026-01-31T12:15:00Z', release: previous, how: 'rolled-back', as: 11 },
      ...{ by: 'cli:ines@laptop', runUrl: '' },
    },
  ]);
});
