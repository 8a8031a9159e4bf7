import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../scripts/local/surroundings/stand-ins/slack-message.ts';
import { logLine, oneLine } from '../../shared/src/foreign-text.ts';
import type { Findings } from '../src/decide/facts.ts';
import { type Outcome, outcomes } from '../src/decide/outcome.ts';
import { readStepLog } from '../src/look-up/job-log.ts';
import { summariseJobs } from '../src/look-up/jobs.ts';
import { renderMessage } from '../src/render/message.ts';
import { link } from '../src/render/mrkdwn.ts';
import { type Locale, locales, textsIn } from '../src/render/texts/languages.ts';
import { renderReply } from '../src/render/thread.ts';
import { hostStatus, other, release } from './hosts.ts';
import { read } from './read.ts';
import { factsOf } from './run.ts';

const tested = { test: 'success', scan: 'success' };
const stopped = { deploy: 'skipped', smoke: 'skipped', rollback: 'skipped' };
const deployed = { ...tested, deploy: 'success', smoke: 'success', rollback: 'skipped' };
const failedScan = { ...tested, ...stopped, scan: 'failure' };

const takenDown = `2026-01-31T12:10:00Z taken down: release ${release} by azals/azals#7, staging runs nothing`;
const nobodyConfirmed = `2026-01-31T12:20:01Z rolled back by the host: release ${release} was not confirmed before 2026-01-31T12:20:00Z, staging runs nothing`;

/** A run that has each outcome: the results of its jobs, and what else it was told. */
const runs: Readonly<Record<Outcome, [Record<string, string>, Record<string, string>]>> = {
  live: [deployed, { 'release-state': 'confirmed', 'migration-from': '4', 'migration-to': '5' }],
  redeployed: [
    { ...deployed, test: 'skipped', scan: 'skipped' },
    { operation: 'redeploy', 'release-state': 'confirmed' },
  ],
  'rolled-back-by-hand': [
    { rollback: 'success' },
    { operation: 'rollback', 'release-state': 'rolled-back' },
  ],
  unconfirmed: [deployed, { 'release-state': 'provisional' }],
  unverified: [{ ...deployed, smoke: 'skipped' }, { 'release-state': 'confirmed' }],
  'failed-before-deploy': [failedScan, {}],
  'failed-to-migrate': [
    { ...tested, ...stopped, migrate: 'failure' },
    { 'release-state': 'untouched' },
  ],
  held: [
    { ...tested, ...stopped, deploy: 'failure' },
    { release: '', 'host-status': hostStatus({ live: other, held: 'by ines since 1: Demo' }) },
  ],
  'still-on-old': [{ ...tested, ...stopped, deploy: 'failure' }, { 'release-state': 'untouched' }],
  'rolled-back': [
    { ...deployed, smoke: 'failure', rollback: 'success' },
    { 'release-state': 'rolled-back' },
  ],
  'rolled-back-by-host': [
    { ...deployed, smoke: 'cancelled' },
    { 'release-state': 'rolled-back-by-host' },
  ],
  'nothing-live': [
    { ...deployed, smoke: 'failure', rollback: 'success' },
    { 'previous-release': '', 'release-state': 'nothing-live' },
  ],
  'taken-down': [
    { rollback: 'success' },
    {
      ...{ operation: 'rollback', release: '', 'previous-release': '' },
      'host-status': hostStatus({ live: '', confirmed: [], lastOutcome: takenDown }),
    },
  ],
  'taken-down-by-host': [
    { ...deployed, smoke: 'cancelled' },
    {
      'previous-release': '',
      'host-status': hostStatus({ live: '', confirmed: [], lastOutcome: nobodyConfirmed }),
    },
  ],
  'rollback-failed': [
    { ...deployed, smoke: 'failure', rollback: 'failure' },
    { 'release-state': 'provisional' },
  ],
  'not-rolled-back': [
    { rollback: 'failure' },
    { operation: 'rollback', release: '', 'host-status': hostStatus({ live: other }) },
  ],
  replaced: [deployed, { 'host-status': hostStatus({ live: other }) }],
  failed: [{ ...tested, ...stopped, deploy: 'failure' }, {}],
  cancelled: [{ ...tested, ...stopped, deploy: 'cancelled' }, { 'release-state': 'untouched' }],
  refused: [
    { ...stopped, deploy: 'failure' },
    { operation: 'redeploy', 'release-state': 'refused' },
  ],
  'nothing-deployed': [{ ...stopped, test: 'skipped', scan: 'skipped' }, {}],
  'tests-failed': [{ settings: 'success', load: 'failure' }, { operation: 'test' }],
  'tested-only': [{ ...tested, ...stopped }, {}],
};

const stages = 'test=Tests\nscan=Scan\ndeploy=Deploy\nsmoke=Smoke test';
const failedSteps = [
  {
    job: 'Scan',
    step: 'Bandit',
    url: 'https://github.com/azals/azals/actions/runs/7/job/9#step:4:1',
    log: ['Issue: [B602] subprocess call with shell=True', 'Process completed with exit code 1.'],
    error: 'Issue: [B602] subprocess call with shell=True',
  },
];

function messagesOf(outcome: Outcome, locale: Locale, findings: Partial<Findings> = {}) {
  const [results, values] = runs[outcome];
  const entries = Object.entries(results).map(([job, result]) => [job, { result }]);
  const needs = JSON.stringify(Object.fromEntries(entries));
  const facts = factsOf({ stages, ...values, needs }, findings);
  return { facts, message: renderMessage(facts, locale), reply: renderReply(facts, locale, []) };
}

describe.each(locales)('in %s', (locale) => {
  it.each(outcomes)('tells what %s means', (outcome) => {
    const { facts, message } = messagesOf(outcome, locale);
    expect(facts.outcome).toBe(outcome);
    expect(refusalOf(message)).toBeUndefined();
    expect(read(message)).toMatchSnapshot();
  });

  it.each(['start', 'progress'])('tells the %s', (phase) => {
    const needs = phase === 'start' ? '' : '{"test":{"result":"success"}}';
    const message = renderMessage(factsOf({ phase, needs, stages }, {}, { attempt: 2 }), locale);
    expect(refusalOf(message)).toBeUndefined();
    expect(read(message)).toMatchSnapshot();
  });

  it('calls people when it breaks, and tells how long it was broken', () => {
    const broke = factsOf(
      { needs: '{"scan":{"result":"failure"}}' },
      { transition: { kind: 'broke' } },
    );
    const called = renderMessage(broke, locale, ['<!here>', '<@U0123ABCD>']);
    expect(read(called)).toContain(`<!here> <@U0123ABCD> ${textsIn(locale).broke}`);
    const needs = '{"deploy":{"result":"success"},"smoke":{"result":"success"}}';
    const transition = { kind: 'recovered', after: 42 * 60_000 } as const;
    const recovered = factsOf({ needs, 'release-state': 'live' }, { transition });
    expect(read(renderMessage(recovered, locale))).toMatch(
      locale === 'fr' ? 'Retour au vert après 42\u00a0min.' : 'Back to green after 42\u00a0min.',
    );
  });

  it('puts the details below the message', () => {
    const needs = '{"scan":{"result":"failure"}}';
    const values = {
      needs,
      migrations: '["0004",{"revision":"0005","message":"Add the city"}]',
      'scan-counts': '{"api":{"CRITICAL":1,"HIGH":2},"code":3}',
      'smoke-results':
        '[{"name":"Home","passed":true},{"name":"API","passed":false,"detail":"502"}]',
    };
    const reply = renderReply(factsOf(values, { failedSteps }), locale, []);
    if (reply === undefined) throw new Error('there is nothing below the message');
    expect(refusalOf(reply)).toBeUndefined();
    expect(read(reply)).toMatchSnapshot();
  });

  it('tells what no scan looked at apart from what has nothing, and its headline is no green one', () => {
    const [results, values] = runs.live;
    const entries = Object.entries(results).map(([job, result]) => [job, { result }]);
    const counts = '{"api":{},"nginx":{"not checked":"known vulnerabilities"}}';
    const facts = factsOf({
      ...{ stages, ...values, needs: JSON.stringify(Object.fromEntries(entries)) },
      'scan-counts': counts,
    });
    expect(facts.outcome).toBe('unverified');
    const reply = renderReply(facts, locale, []);
    if (reply === undefined) throw new Error('there is nothing below the message');
    const words = textsIn(locale);
    expect(read(reply)).toContain(`api – ${words.nothingFound}`);
    const lacking = { en: 'known vulnerabilities', fr: 'les vulnérabilités connues' }[locale];
    expect(read(reply)).toContain(`nginx – ❔ ${words.notChecked(lacking)}`);
    const message = read(renderMessage(facts, locale));
    expect(message.split('\n')[0]).toMatch(/^⚠️ /u);
    expect(message).toContain(words.remark.notChecked(lacking, 'nginx'));
  });
});

it('has nothing to put below a message without details', () => {
  expect(messagesOf('live', 'fr').reply).toBeUndefined();
});

it('names the failing step, or the failing job where GitHub does not tell', () => {
  expect(read(messagesOf('failed-before-deploy', 'en', { failedSteps }).message)).toContain(
    `*Failed*\n• <${failedSteps[0]?.url}|Scan › Bandit>: Issue: [B602] subprocess call with shell=True`,
  );
  expect(read(messagesOf('failed-before-deploy', 'en').message)).toContain('*Failed*\n• Scan');
});

it('takes the last good release from the records where the host did not tell it', () => {
  const values = { needs: '{"deploy":{"result":"failure"}}', 'previous-release': '' };
  const { redeploy } = factsOf(values, { lastGood: '20260129T080000Z-1112223' });
  expect(redeploy).toBe(
    'gh workflow run staging.yml --repo azals/azals --ref develop -f release=20260129T080000Z-1112223',
  );
  expect(factsOf(values).redeploy).toBeUndefined();
});

it('puts no name of others into a command that is pasted into a shell', () => {
  const values = { needs: '{"deploy":{"result":"failure"}}' };
  const redeploy = (branch: string) => factsOf(values, {}, { branch }).redeploy;
  expect(redeploy('x;rm -rf ~')).not.toContain('rm');
  expect(redeploy('$(id)')).not.toContain('--ref');
  expect(redeploy('-X')).not.toContain('-X');
  expect(redeploy('feature/x')).toContain('--ref feature/x ');
});

it('compares with the release before, unless it is the same', () => {
  const needs = '{"deploy":{"result":"success"}}';
  expect(factsOf({ needs }).compareUrl).toBe(
    'https://github.com/azals/azals/compare/9f8e7d6...0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  );
  const same = { needs, 'previous-release': '20260130T090000Z-0a1b2c3' };
  expect(factsOf(same).compareUrl).toBeUndefined();
});

it('shortens at a word and never inside a character', () => {
  expect(oneLine('one two  three\nfour', 16)).toBe('one two three…');
  expect(oneLine(`${'a'.repeat(8)}😀😀`, 10)).toBe(`${'a'.repeat(8)}…`);
});

it('shows no character that hides or turns what is around it', () => {
  expect(oneLine('a\u202Eb\u200B\u0000c\u2028d\ud800', 50)).toBe('ab c d\ufffd');
  expect(oneLine('\u3164\u115F\u00AD', 50)).toBe('');
  expect(oneLine(`Z${'\u0335'.repeat(40)}`, 50)).toBe(`Z${'\u0335'.repeat(3)}`);
  expect(logLine('\u001b[31m\tred\u001b[0m  ', 50)).toBe('  red');
});

it('links only to web addresses, and shows where they go', () => {
  expect(link('https://a.example/?x=1&y=|', 'a|b>')).toBe(
    '<https://a.example/?x=1&amp;y=%7C|a∣b&gt;>',
  );
  expect(link('javascript:alert(1)', 'x')).toBe('x');
  expect(link('https://github.com@evil.example/', 'x')).toBe('x');
  expect(link('https://a.example/', ':x: *b* ~s~ `c` _i_')).toBe(
    '<https://a.example/|∶x: ∗b∗ ∼s∼ ˋcˋ ˍiˍ>',
  );
});

it('spells durations', () => {
  const { duration } = textsIn('fr');
  expect([0, 9_400, 252_000, 3_900_000, 90_000_000].map(duration)).toEqual([
    '0\u00a0s',
    '9\u00a0s',
    '4\u00a0min 12\u00a0s',
    '1\u00a0h 5\u00a0min',
    '1\u00a0j 1\u00a0h',
  ]);
});

it('finds when the run began, and the first failed step of each failed job', () => {
  const step = (name: string, number: number, conclusion: string) => ({ name, number, conclusion });
  const jobs = [
    {
      id: 1,
      name: 'Test',
      html_url: 'u1',
      conclusion: 'success',
      started_at: '2026-01-31T12:00:10Z',
    },
    {
      id: 2,
      name: 'Scan',
      html_url: 'u2',
      conclusion: 'failure',
      started_at: '2026-01-31T12:00:00Z',
      steps: [
        step('Check out', 1, 'success'),
        step('Bandit', 2, 'failure'),
        step('x', 3, 'failure'),
      ],
    },
    { id: 3, name: 'Build', html_url: 'u3', conclusion: 'timed_out' },
    {
      id: 4,
      name: 'Settings',
      html_url: 'u4',
      conclusion: 'success',
      run_attempt: 1,
      started_at: '2026-01-31T11:00:00Z',
    },
  ];
  expect(summariseJobs(jobs, 2)).toMatchObject({
    began: new Date('2026-01-31T12:00:00Z'),
    failed: [
      { id: 2, job: 'Scan', step: 'Bandit', url: 'u2#step:2:1' },
      { id: 3, job: 'Build', step: undefined, url: 'u3' },
    ],
  });
});

it('takes the lines of the step that failed out of a job’s log', () => {
  const log = [
    '\uFEFF2026-01-31T12:00:00.1234567Z before the step',
    '2026-01-31T12:00:01.0000000Z ##[group]Run bandit',
    '2026-01-31T12:00:01.2000000Z ##[endgroup]',
    '2026-01-31T12:00:02.0000000Z Issue found',
    '2026-01-31T12:00:02.9000000Z ##[error]Process completed with exit code 1.',
    '2026-01-31T12:00:02.9500000Z Cleaning up',
    '2026-01-31T12:00:09.0000000Z a later step',
  ].join('\n');
  const times = { stepBegan: '2026-01-31T12:00:01Z', stepEnded: '2026-01-31T12:00:02Z' };
  const lines = ['Issue found', 'Process completed with exit code 1.'];
  expect(readStepLog(log, times)).toEqual({ log: lines, error: 'Issue found' });
  const untimed = { stepBegan: undefined, stepEnded: undefined };
  expect(readStepLog(log, untimed).log).toEqual(
    ['before the step', 'Run bandit', ...lines].toSpliced(1, 1),
  );
  const long = Array.from({ length: 99 }, (_, index) => `line ${index}`).join('\n');
  expect(readStepLog(long, untimed).log).toHaveLength(15);
});

it('finds the first error of a step, however much was printed after it', () => {
  const log = [
    'FAILED tests/test_customers.py::test_list - assert 500 == 200',
    ...Array.from({ length: 99 }, (_, index) => `line ${index}`),
    '##[error]Process completed with exit code 1.',
  ].join('\n');
  const { log: tail, error } = readStepLog(log, { stepBegan: undefined, stepEnded: undefined });
  expect(tail.join('\n')).not.toContain('test_list');
  expect(error).toBe('test_customers.py::test_list – expected 200, got 500');
});

it('leaves reasons out that are longer than a message may be, and never the places', () => {
  const steps = Array.from({ length: 5 }, (_, index) => ({
    job: `Job ${index}`,
    step: 'Tests',
    url: 'https://github.com/azals/azals/actions/runs/7/job/9#step:4:1',
    log: [],
    error: '&'.repeat(500),
  }));
  const { message } = messagesOf('failed', 'en', { failedSteps: steps });
  expect(refusalOf(message)).toBeUndefined();
  expect(read(message)).toContain('|Job 4 › Tests>');
  expect(read(message)).not.toContain('&amp;&amp;');
});

describe('a suite that only warns', () => {
  const told = (locale: Locale, ...results: object[]) =>
    JSON.stringify(
      renderMessage(
        factsOf({
          needs: '{"deploy":{"result":"success"},"load":{"result":"success"}}',
          'release-state': 'confirmed',
          'suite-results': results.map((each) => JSON.stringify(each)).join('\n'),
        }),
        locale,
      ).blocks,
    );

  it('is named with its first failing test, and the release stays', () => {
    const load = { name: 'Load test', tests: 9, failed: 2, first: 'p(95)<800 – 1204.3' };
    expect(told('en', load)).toContain(
      'Load test – 2 of 9 failed, and the release stays: p(95)&lt;800 – 1204.3',
    );
    expect(told('fr', load)).toContain('2 sur 9 en échec, et la version reste en ligne');
  });

  it('is named when nothing of it ran, and not when all of it passed', () => {
    const none = { name: 'Load test', tests: 0, failed: 0, first: '' };
    expect(told('en', none, { ...none, name: 'Others', tests: 4 })).toContain('no test ran');
    expect(told('en', { ...none, tests: 4 })).not.toContain('Load test');
  });
});

it('makes no picture of a name that ends like the beginning of one', () => {
  const failed = { job: 'Job', step: ':x', url: 'javascript:', log: [], error: 'it broke' };
  const facts = factsOf(
    { needs: JSON.stringify({ test: { result: 'failure' } }) },
    { failedSteps: [failed] },
  );
  const shown = JSON.stringify(renderMessage(facts, 'en').blocks);
  expect(shown).toContain('• Job › :x – it broke');
});
