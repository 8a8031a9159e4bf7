import { describe, expect, it } from 'vitest';
import { databaseSecrets } from '../src/database-secrets.ts';
import type { MigrationPlan, PlannedRevision } from '../src/driver.ts';
import { explainFindings, findingsIn, planText } from '../src/lint/findings.ts';
import { concernOf, levelOf, parseLevels } from '../src/lint/rules.ts';
import type { Complaint } from '../src/lint/squawk.ts';

function revision(id: string, sql: string, more: Partial<PlannedRevision> = {}): PlannedRevision {
  return {
    revision: id,
    parents: [],
    message: '',
    breaking: '',
    allowed: {},
    autocommit: false,
    sql,
    withoutSql: '',
    ...more,
  };
}

function planOf(...revisions: PlannedRevision[]): MigrationPlan {
  return {
    current: ['a'],
    target: ['z'],
    heads: ['z'],
    revisions,
    history: [],
    databaseBytes: 0,
    serverVersion: 150_000,
    database: { name: 'azals', server: '1' },
  };
}

const drop: Complaint = {
  rule: 'ban-drop-column',
  message: 'Dropping a column may break existing clients.',
  help: undefined,
  line: 2,
  endLine: 3,
};

describe('findings', () => {
  const text = planText(
    planOf(revision('one', 'SELECT 1;\nSELECT 2;'), revision('two', 'ALTER TABLE t\n DROP c;')),
  );

  it('belong to the revision whose lines they are about', () => {
    expect(text.sql).toBe('SELECT 1;\nSELECT 2;\nALTER TABLE t\n DROP c;\n');
    const [finding] = findingsIn(text, [drop], new Map());
    expect(finding).toMatchObject({
      revision: 'two',
      level: 'error',
      concern: 'old release',
      statement: 'ALTER TABLE t DROP c;',
    });
  });

  it('are as severe as the settings say', () => {
    const levels = parseLevels('ban-drop-column: warn\n\n prefer-text-field : error ');
    expect(findingsIn(text, [drop], levels)[0]?.level).toBe('warn');
    expect(levelOf('prefer-text-field', levels)).toBe('error');
    expect(findingsIn(text, [drop], parseLevels('ban-drop-column: off'))).toEqual([]);
    expect(levelOf('a-rule-of-tomorrow', new Map())).toBe('warn');
  });

  it('are let pass by the migration itself, which names a rule or says that it breaks', () => {
    const inFile = (more: Partial<PlannedRevision>, complaint: Complaint) =>
      findingsIn(planText(planOf(revision('x', 'A;\nB;\nC;\nD;', more))), [complaint], new Map())
        .length;
    const index = { ...drop, rule: 'require-concurrent-index-creation' };
    expect(inFile({}, drop)).toBe(1);
    expect(inFile({ allowed: { 'ban-drop-column': 'unused' } }, drop)).toBe(0);
    expect(inFile({ allowed: { 'ban-drop-column': 'unused' } }, index)).toBe(1);
    expect(inFile({ breaking: 'new format' }, drop)).toBe(0);
    // A lock is no less long because the release breaks.
    expect(inFile({ breaking: 'new format' }, index)).toBe(1);
    expect(concernOf(index.rule)).toBe('long lock');
  });

  it('come with what to do, once for each kind', () => {
    const explained = explainFindings([
      ...findingsIn(text, [drop, drop], new Map()),
      ...findingsIn(text, [{ ...drop, rule: 'require-concurrent-index-creation' }], new Map()),
    ]);
    expect(explained.match(/first expand/g)).toHaveLength(1);
    expect(explained.match(/NOT VALID/g)).toHaveLength(1);
    expect(explained).toContain('two: ban-drop-column: Dropping a column');
  });

  it('have levels that are words', () => {
    expect(() => parseLevels('ban-drop-column error')).toThrow('must read RULE: error');
  });
});

it('knows the password of a database as it is written and as it is meant', () => {
  expect(databaseSecrets('postgresql://u:a%40b@h/d')).toEqual(['a%40b', 'a@b']);
  expect(databaseSecrets('postgresql://u:100%@h/d')).toEqual(['100%']);
  expect(databaseSecrets('postgresql://u@h/d')).toEqual([]);
});
