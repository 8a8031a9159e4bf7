import { expect, it } from 'vitest';
import { auditLines } from '../../scripts/staging/audit.ts';
import { deedsIn } from '../../scripts/staging/deeds.ts';
import { readJournal } from '../../scripts/staging/journal.ts';

const release = '20260101T000000Z-0a1b2c3';
const before = '20251231T000000Z-9876543';
const page = 'https://github.com/example/shop/actions/runs/7';

type Line = Readonly<Record<string, string | number>>;

/** A journal of lines that have nothing in them but what is given. */
function journal(...lines: readonly Line[]) {
  const text = lines.map((line, at) =>
    JSON.stringify({
      ...{ seq: at + 1, at: '2026-01-31T12:00:00Z', operation: '', owner: '', verb: '' },
      ...{ release: '', step: '', event: 'done', detail: '' },
      ...line,
    }),
  );
  return deedsIn(readJournal(text));
}

const run = { owner: 'example/shop#7', actor: 'camille', run: page, release };
const stage = { ...run, verb: 'stage', operation: 'a1' };
const released = { ...run, verb: 'release', operation: 'a2' };
const confirm = { ...run, verb: 'confirm', operation: 'a3' };

it('makes one deed of the operations of a deploy, though others come in between', () => {
  const exec = { owner: 'cli:ines@laptop', actor: 'ines', verb: 'exec', operation: 'b1', release };
  const deeds = journal(
    { ...stage, step: 'open', event: 'intent' },
    { ...stage, step: 'staged' },
    { ...exec, step: 'exec', event: 'intent', detail: 'api: alembic, 1 arguments' },
    { ...released, step: 'live', detail: 'v14: released' },
    { ...released, step: 'provisional' },
    { ...exec, step: 'exec', detail: 'api: alembic, 1 arguments: exit code 1' },
    { ...confirm, step: 'outcome', detail: `confirmed: release ${release}` },
    { ...confirm, step: 'prune' },
  );
  expect(deeds).toEqual([
    {
      ...{ number: 1, at: '2026-01-31T12:00:00Z', who: 'camille', what: `deploy ${release}` },
      ...{ outcome: 'v14: released; confirmed', runUrl: page, version: 14 },
    },
    {
      ...{ number: 3, at: '2026-01-31T12:00:00Z', who: 'ines', runUrl: '' },
      ...{ what: 'exec api: alembic, 1 arguments', outcome: 'exit code 1' },
    },
  ]);
});

it('says where a deploy failed and what became of it, and what the host did by itself', () => {
  const failed = { ...released, step: 'health', event: 'failed', detail: 'api is unhealthy' };
  const back = `failed: release ${release} did not go live, staging runs ${before}`;
  const host = { owner: 'host', actor: '', verb: 'recover', operation: 'c1' };
  const outcomes = (...lines: readonly Line[]) =>
    journal(...lines).map(({ who, what, outcome }) => `${who} ${what}: ${outcome}`);
  expect(outcomes(stage, failed)).toEqual([
    `camille deploy ${release}: failed in health: api is unhealthy`,
  ]);
  expect(outcomes(stage, failed, { ...released, step: 'outcome', detail: back })).toEqual([
    `camille deploy ${release}: failed: did not go live, staging runs ${before}`,
  ]);
  expect(outcomes(stage, { ...released, step: 'switch', event: 'intent' })).toEqual([
    `camille deploy ${release}: not ended: switch`,
  ]);
  const late = `rolled back by the host: release ${release} was not confirmed`;
  expect(
    outcomes(
      { ...released, step: 'live', detail: 'v2: released' },
      { ...host, step: 'recover' },
      { ...host, step: 'live', detail: "v3: back to v1's release" },
      { ...host, step: 'outcome', detail: late },
    ),
  ).toEqual([
    `camille deploy ${release}: v2: released; done`,
    `host recover: v3: back to v1's release; ${late}`,
  ]);
});

it('keeps apart what one person does twice by hand', () => {
  const ines = { owner: 'cli:ines@laptop', actor: 'ines' };
  const migrate = { ...ines, verb: 'migrate', release };
  const deeds = journal(
    { ...ines, verb: 'lock', step: 'hold', detail: 'Demo' },
    { ...ines, verb: 'unlock', step: 'unlock', detail: 'hold by ines since noon: Demo' },
    { ...migrate, operation: 'd1', step: 'migrate' },
    { ...migrate, operation: 'd1', step: 'outcome', detail: 'migrated: from a to b' },
    { ...migrate, operation: 'd2', step: 'migrate' },
    { ...migrate, operation: 'd2', step: 'outcome', detail: 'migrated: from b to c' },
    { ...ines, verb: 'rollback', operation: 'd3', release: before, step: 'rollback' },
    {
      ...{ ...ines, verb: 'rollback', operation: 'd3', release: before, step: 'outcome' },
      detail: `rolled back: from ${release} to ${before} by cli:ines@laptop`,
    },
    { ...ines, verb: 'unlock', step: 'unlock', detail: 'staged' },
    { ...ines, verb: 'unlock', step: 'outcome', detail: 'given up by hand' },
    { ...ines, verb: 'unlock', step: 'rotate', detail: 'kept from line 1' },
  );
  expect(deeds.map(({ what, outcome }) => `${what}: ${outcome}`)).toEqual([
    'lock: Demo: done',
    'unlock: hold by ines since noon: Demo',
    `migrate ${release}: migrated: from a to b`,
    `migrate ${release}: migrated: from b to c`,
    `rollback ${before}: left ${release}`,
    'unlock: given up by hand',
  ]);
});

it('reads journals of before, which tell neither people nor pages nor outcomes', () => {
  const { actor: _, run: __, ...old } = run;
  const deeds = journal(
    { ...old, verb: 'stage', operation: 'a1', step: 'staged' },
    { ...old, verb: 'confirm', operation: 'a3', step: 'prune' },
  );
  expect(auditLines(deeds, new Date('2026-01-31T12:05:00Z'))).toEqual([
    'NUMBER  TIME                              WHO             WHAT                             OUTCOME  RUN',
    `1       2026-01-31 12:00:00Z (5 min ago)  example/shop#7  deploy ${release}  done`,
  ]);
  expect(auditLines([], new Date())).toEqual(['Nothing was done on this host yet.']);
});
