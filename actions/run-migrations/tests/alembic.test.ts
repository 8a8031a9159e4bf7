import { describe, expect, it } from 'vitest';
import { parseHistory, parseRevisions, revisionsBetween } from '../src/alembic.ts';
import { dependenciesOf } from '../src/compose.ts';
import { isReached, planMigration } from '../src/plan.ts';

// As Alembic 1.16 prints them: two branches from one root that are joined, and an independent root.
const history = parseHistory(`d4, e5 -> f6 (head) (mergepoint), Join branches.
b2 -> e5, Add customers, with city
b2 -> d4, Rename (a thing) -> another
a1 -> b2 (branchpoint), Users.
<base> -> a1, Tenants.
<base> -> z9 (billing) (head),
`);

describe('the output of Alembic', () => {
  it('is read with parents and messages', () => {
    expect(history).toEqual([
      { revision: 'f6', parents: ['d4', 'e5'], message: 'Join branches.' },
      { revision: 'e5', parents: ['b2'], message: 'Add customers, with city' },
      { revision: 'd4', parents: ['b2'], message: 'Rename (a thing) -> another' },
      { revision: 'b2', parents: ['a1'], message: 'Users.' },
      { revision: 'a1', parents: [], message: 'Tenants.' },
      { revision: 'z9', parents: [], message: '' },
    ]);
    expect(parseRevisions('f6 (head)\nz9 (billing) (head)\n\n')).toEqual(['f6', 'z9']);
  });

  it('gives the revisions between two states, oldest first', () => {
    const ids = (from: string[], to: string[]) =>
      revisionsBetween(history, from, to).map((entry) => entry.revision);
    expect(ids(['b2'], ['f6'])).toEqual(['d4', 'e5', 'f6']);
    expect(ids(['e5'], ['f6'])).toEqual(['d4', 'f6']);
    expect(ids([], ['e5'])).toEqual(['a1', 'b2', 'e5']);
    expect(ids(['f6'], ['f6'])).toEqual([]);
  });
});

describe('the plan of a migration', () => {
  const oneHead = { heads: ['f6'], history: history.filter(({ revision }) => revision !== 'z9') };
  const twoHeads = { heads: ['f6', 'z9'], history };

  it('goes from an empty database to the head', () => {
    const plan = planMigration({ ...oneHead, current: [] }, 'head');
    expect(plan).toMatchObject({ from: [], to: ['f6'] });
    expect(plan.revisions).toHaveLength(5);
    expect(isReached(plan, { ...oneHead, current: ['e5'] })).toBe(false);
    expect(isReached(plan, { ...oneHead, current: ['f6'] })).toBe(true);
  });

  it('has nothing to do where the target was passed already', () => {
    expect(planMigration({ ...oneHead, current: ['f6'] }, 'b2')).toEqual({
      from: ['f6'],
      to: ['f6'],
      revisions: [],
    });
  });

  it('stops at several heads and says how to go on', () => {
    const plan = () => planMigration({ ...twoHeads, current: [] }, 'head');
    expect(plan).toThrow('has 2 heads (f6 z9)');
    expect(plan).toThrow("alembic merge -m 'join branches' f6 z9");
    expect(planMigration({ ...twoHeads, current: ['f6'] }, 'heads').revisions).toMatchObject([
      { revision: 'z9' },
    ]);
  });

  it('stops at a database that is ahead of the image, and at an unknown target', () => {
    expect(() => planMigration({ ...oneHead, current: ['g7'] }, 'head')).toThrow(
      'the database is at g7, which this release does not know',
    );
    expect(() => planMigration({ ...oneHead, current: [] }, 'nope')).toThrow('0 revisions nope');
  });
});

it('finds what a service depends on, in either notation', () => {
  const compose = {
    services: {
      api: { depends_on: { postgres: { condition: 'service_healthy' }, worker: {} } },
      worker: { depends_on: ['redis'] },
      nginx: { depends_on: ['api'] },
    },
  };
  expect(dependenciesOf(compose, 'api')).toEqual(['postgres', 'redis', 'worker']);
  expect(dependenciesOf(compose, 'postgres')).toEqual([]);
});
