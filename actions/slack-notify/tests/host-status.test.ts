import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../scripts/local/surroundings/stand-ins/slack-message.ts';
import { collectFacts, outcomeOf } from '../src/decide/facts.ts';
import type { Outcome } from '../src/decide/outcome.ts';
import { parseHostStatus } from '../src/read/host-status.ts';
import type { JobResult } from '../src/read/needs.ts';
import { renderMessage } from '../src/render/message.ts';
import { locales } from '../src/render/texts/languages.ts';
import { hostStatus, other, type Printed, previous, release } from './hosts.ts';
import { read } from './read.ts';
import { began, context, inputs, needs, noFindings } from './run.ts';

type Results = Readonly<Record<string, JobResult>>;
type Values = Readonly<Record<string, string>>;

const tested = { test: 'success', build: 'success', scan: 'success' } as const;
const good = { ...tested, deploy: 'success', smoke: 'success', rollback: 'skipped' } as const;
const stopped = { ...tested, deploy: 'failure', smoke: 'skipped', rollback: 'skipped' } as const;
const failedSmoke = { ...good, smoke: 'failure', rollback: 'success' } as const;
const byHand = { test: 'skipped', deploy: 'skipped', smoke: 'skipped' } as const;

const confirmed = { 'release-state': 'confirmed' };
const rolledBack = { 'release-state': 'rolled-back' };
const untouched = { 'release-state': 'untouched' };
const nothingStaged = { release: '', 'previous-release': '' };
const firstOne = { 'previous-release': '' };
const rollback = { operation: 'rollback' };

const theHostWentBack = `2026-01-31T12:20:01Z rolled back by the host: release ${release} was not confirmed before 2026-01-31T12:20:00Z, staging runs ${previous}`;
const theRunWentBack = `2026-01-31T12:10:00Z rolled back: from ${release} to ${previous} by azals/azals#7`;
const inesWentBack = `2026-01-31T12:10:00Z rolled back: from ${release} to ${previous} by cli:ines@laptop`;
const theRunTookItDown = `2026-01-31T12:10:00Z taken down: release ${release} by azals/azals#7, staging runs nothing`;
const notHealthy = `2026-01-31T12:10:00Z failed: release ${release} did not go live, staging runs ${previous}`;
const provisional = { live: release, transaction: { phase: 'provisional', release } };
const others = {
  live: other,
  transaction: {
    phase: 'provisional',
    release: other,
    owner: 'azals/azals#8',
    actor: 'dominique',
    runUrl: 'https://github.com/azals/azals/actions/runs/8',
  },
};

/** What the jobs did, what else the message was told, and what the hosts said then. */
type Story = readonly [Outcome, string, Results, Values, readonly Printed[]];

const stories: readonly Story[] = [
  [
    'live',
    'the release is live and confirmed',
    good,
    confirmed,
    [
      {
        live: release,
        confirmed: [previous, release],
        lastOutcome: `2026-01-31T12:10:00Z confirmed: release ${release}`,
      },
    ],
  ],
  ['unconfirmed', 'the release is still provisional', good, confirmed, [provisional]],
  [
    'unconfirmed',
    'nobody has ever confirmed the live release',
    good,
    confirmed,
    [{ live: release }],
  ],
  [
    'replaced',
    'somebody went back at a terminal',
    good,
    confirmed,
    [{ live: previous, confirmed: [previous, release], lastOutcome: inesWentBack }],
  ],
  [
    'replaced',
    'another release was deployed since',
    good,
    confirmed,
    [{ live: other, confirmed: [previous, release, other] }],
  ],
  [
    'rolled-back-by-host',
    'the host went back before the rollback came',
    failedSmoke,
    untouched,
    [{ live: previous, lastOutcome: theHostWentBack }],
  ],
  [
    'rolled-back-by-host',
    'the host went back and the rollback failed',
    { ...failedSmoke, smoke: 'cancelled', rollback: 'failure' },
    {},
    [{ live: previous, lastOutcome: theHostWentBack }],
  ],
  [
    'rolled-back-by-host',
    'the host took a redeploy of the live release back',
    { ...good, smoke: 'cancelled' },
    { release: previous, operation: 'redeploy' },
    [{ live: previous, lastOutcome: theHostWentBack.replace(release, previous) }],
  ],
  [
    'rolled-back',
    'the run went back',
    failedSmoke,
    rolledBack,
    [{ live: previous, lastOutcome: theRunWentBack }],
  ],
  [
    'rolled-back',
    'the run went back, and the job does not know',
    { ...failedSmoke, rollback: 'failure' },
    {},
    [{ live: previous, lastOutcome: `rolled back: to ${previous}` }],
  ],
  [
    'rolled-back',
    'the run went back, and nobody named its release',
    failedSmoke,
    nothingStaged,
    [{ live: previous, lastOutcome: theRunWentBack }],
  ],
  [
    'rollback-failed',
    'the release is still live after its rollback failed',
    { ...failedSmoke, rollback: 'failure' },
    {},
    [provisional],
  ],
  [
    'rollback-failed',
    'the release is still live after its rollback succeeded',
    failedSmoke,
    rolledBack,
    [{ live: release, confirmed: [previous, release] }],
  ],
  [
    'rollback-failed',
    'the host has not ended what the run began',
    { ...stopped, deploy: 'cancelled', rollback: 'failure' },
    {},
    [{ live: previous, transaction: { phase: 'returning', release } }],
  ],
  [
    'rollback-failed',
    'the hosts differ',
    failedSmoke,
    rolledBack,
    [{ live: previous }, provisional],
  ],
  [
    'failed',
    'somebody else deployed over a release that failed its smoke test',
    { ...failedSmoke, rollback: 'failure' },
    {},
    [others],
  ],
  [
    'still-on-old',
    'the new containers were not healthy',
    { ...stopped, rollback: 'success' },
    untouched,
    [{ live: previous, lastOutcome: notHealthy }],
  ],
  [
    'still-on-old',
    'the live release could not be deployed again',
    stopped,
    { release: previous, operation: 'redeploy' },
    [{ live: previous, lastOutcome: notHealthy.replace(release, previous) }],
  ],
  [
    'still-on-old',
    'the migration failed, and what was staged is still there',
    { ...stopped, rollback: 'success' },
    untouched,
    [{ live: previous, transaction: { phase: 'staged', release } }],
  ],
  ['still-on-old', 'nothing was staged', stopped, nothingStaged, [{ live: previous }]],
  [
    'nothing-live',
    'the first deploy of all failed',
    stopped,
    nothingStaged,
    [{ live: '', confirmed: [], lastOutcome: 'there was none' }],
  ],
  [
    'nothing-live',
    'the containers of the first release were not healthy',
    { ...stopped, rollback: 'success' },
    firstOne,
    [{ live: '', confirmed: [], lastOutcome: notHealthy.replace(previous, 'nothing') }],
  ],
  [
    'nothing-live',
    'the migration of the first release failed, and it is still staged',
    { ...stopped, rollback: 'success' },
    firstOne,
    [{ live: '', confirmed: [], transaction: { phase: 'staged', release } }],
  ],
  [
    'nothing-live',
    'the first release failed its smoke test and was taken down',
    failedSmoke,
    firstOne,
    [{ live: '', confirmed: [], lastOutcome: theRunTookItDown }],
  ],
  [
    'nothing-live',
    'the first release was taken down, and the job does not know',
    { ...failedSmoke, rollback: 'failure' },
    firstOne,
    [{ live: '', confirmed: [], lastOutcome: theRunTookItDown }],
  ],
  [
    'nothing-live',
    'somebody took the first release down at a terminal',
    good,
    { ...firstOne, ...confirmed },
    [
      {
        live: '',
        confirmed: [],
        lastOutcome: theRunTookItDown.replace('azals/azals#7', 'cli:ines@laptop'),
      },
    ],
  ],
  [
    'taken-down-by-host',
    'nobody confirmed the first release',
    { ...good, smoke: 'cancelled' },
    firstOne,
    [{ live: '', confirmed: [], lastOutcome: theHostWentBack.replace(previous, 'nothing') }],
  ],
  [
    'failed-before-deploy',
    'tests failed before anything was ever live',
    { ...tested, test: 'failure', deploy: 'skipped', smoke: 'skipped', rollback: 'skipped' },
    nothingStaged,
    [{ live: '', confirmed: [], lastOutcome: 'there was none' }],
  ],
  [
    'cancelled',
    'the first deploy was cancelled while it was tried',
    { ...good, smoke: 'cancelled', rollback: 'success' },
    firstOne,
    [{ live: '', confirmed: [], lastOutcome: theRunTookItDown }],
  ],
  [
    'taken-down',
    'the first release was rolled back by hand',
    { ...byHand, rollback: 'success' },
    { ...nothingStaged, ...rollback },
    [{ live: '', confirmed: [], lastOutcome: theRunTookItDown }],
  ],
  [
    'failed',
    'the first release was taken down by hand, and the job failed afterwards',
    { ...byHand, rollback: 'failure' },
    { ...nothingStaged, ...rollback },
    [{ live: '', confirmed: [], lastOutcome: theRunTookItDown }],
  ],
  [
    'not-rolled-back',
    'nothing was ever live that a rollback by hand could leave',
    { ...byHand, rollback: 'failure' },
    { ...nothingStaged, ...rollback },
    [{ live: '', confirmed: [], lastOutcome: 'there was none' }],
  ],
  ['held', 'another run has staging', stopped, nothingStaged, [others]],
  [
    'held',
    'somebody locked staging',
    stopped,
    nothingStaged,
    [{ live: previous, held: 'by ines since 2026-01-31T11:00:00Z: Demo <!here>' }],
  ],
  [
    'cancelled',
    'the run was cancelled while another had staging',
    { ...stopped, deploy: 'cancelled' },
    nothingStaged,
    [others],
  ],
  [
    'cancelled',
    'the run was cancelled before its release was live',
    { ...stopped, deploy: 'cancelled', rollback: 'success' },
    untouched,
    [{ live: previous, lastOutcome: notHealthy }],
  ],
  [
    'refused',
    'the release is no ancestor',
    stopped,
    { 'release-state': 'refused', operation: 'redeploy' },
    [{ live: previous }],
  ],
  [
    'rolled-back-by-hand',
    'staging went back as asked',
    { ...byHand, rollback: 'success' },
    { ...rollback, ...rolledBack, release: previous, 'previous-release': release },
    [{ live: previous, confirmed: [previous, release], lastOutcome: theRunWentBack }],
  ],
  [
    'replaced',
    'somebody deployed after the rollback',
    { ...byHand, rollback: 'success' },
    { ...rollback, ...rolledBack, release: previous, 'previous-release': release },
    [{ live: other, confirmed: [previous, release, other] }],
  ],
  [
    'not-rolled-back',
    'there was nothing to go back to',
    { ...byHand, rollback: 'failure' },
    { ...rollback, ...nothingStaged },
    [{ live: previous }],
  ],
  [
    'not-rolled-back',
    'another run was in the way of the rollback',
    { ...byHand, rollback: 'failure' },
    { ...rollback, ...nothingStaged },
    [others],
  ],
  [
    'rollback-failed',
    'the rollback by hand stopped half way',
    { ...byHand, rollback: 'failure' },
    { ...rollback, ...nothingStaged },
    [
      {
        live: release,
        confirmed: [previous, release],
        transaction: { phase: 'returning', release: previous },
      },
    ],
  ],
  [
    'failed',
    'the rollback by hand was done although its job failed',
    { ...byHand, rollback: 'failure' },
    { ...rollback, ...nothingStaged },
    [{ live: previous, lastOutcome: theRunWentBack }],
  ],
];

function factsOf(results: Results, values: Values, status: string, locale = 'fr') {
  const given = { needs: JSON.stringify(needs(results)), locale, ...values, 'host-status': status };
  const now = new Date(began.getTime() + 12 * 60_000);
  return collectFacts({ inputs: inputs(given), context, findings: noFindings, now });
}

describe.each(locales)('in %s', (locale) => {
  it.each(stories)('tells %s: %s', (outcome, _, results, values, hosts) => {
    const facts = factsOf(results, values, hostStatus(...hosts));
    const message = renderMessage(facts, locale);
    expect(facts.outcome).toBe(outcome);
    expect(refusalOf(message)).toBeUndefined();
    expect(read(message)).toMatchSnapshot();
  });

  it('says that the host did not answer, and goes by the jobs then', () => {
    for (const [values, outcome] of [
      [confirmed, 'live'],
      [rolledBack, 'rolled-back'],
    ] as const) {
      const facts = factsOf(good, values, 'unreachable');
      const message = renderMessage(facts, locale);
      expect(facts.outcome).toBe(outcome);
      expect(facts.now).toEqual(factsOf(good, values, '').now);
      expect(read(message)).toMatchSnapshot();
      expect(read(renderMessage(factsOf(good, values, ''), locale))).not.toContain('⚠️');
    }
  });
});

it.each(['', 'null', '{}', '[]', '[{}]', 'reachable', hostStatus({ live: previous }).slice(1)])(
  'takes %j for no answer',
  (text) => {
    expect(() => parseHostStatus(text)).toThrow();
    if (text === '') return;
    const { host, problems } = inputs({ needs: '{"a":{"result":"success"}}', 'host-status': text });
    expect(host).toBe('unreachable');
    expect(problems).toEqual([
      'input host-status cannot be read, so the message is sent without it',
    ]);
  },
);

it('tells success of nothing that the host does not confirm, whatever the jobs say', () => {
  const jobResults: readonly JobResult[] = ['success', 'failure', 'cancelled', 'skipped'];
  const phases = [undefined, 'staged', 'releasing', 'switched', 'provisional', 'returning'];
  const endings = [theHostWentBack, theRunWentBack, inesWentBack, notHealthy, undefined];
  const reports = [previous, release, other, ''].flatMap((live) =>
    [[previous], [previous, release]].flatMap((wereConfirmed) =>
      phases.flatMap((phase) =>
        ['azals/azals#7', 'azals/azals#8'].flatMap((owner) =>
          endings.map((lastOutcome) => ({
            live,
            confirmed: wereConfirmed,
            ...(phase !== undefined && { transaction: { phase, release, owner } }),
            ...(lastOutcome !== undefined && { lastOutcome }),
          })),
        ),
      ),
    ),
  );
  const statuses = reports.map((report) => ({
    report,
    host: parseHostStatus(hostStatus(report)),
  }));
  const successes = new Set<Outcome>();
  const wrong: unknown[] = [];
  for (const deploy of jobResults)
    for (const smoke of jobResults)
      for (const back of jobResults)
        for (const operation of ['deploy', 'redeploy', 'rollback'] as const)
          for (const state of ['confirmed', 'rolled-back', 'untouched', 'unknown'] as const) {
            const results = needs({ deploy, smoke, rollback: back });
            const given = inputs({ needs: '{"a":{"result":"success"}}', operation });
            for (const { report, host } of statuses) {
              const outcome = outcomeOf({ ...given, needs: results, state, host }, context);
              if (outcome === undefined) throw new Error('there is no outcome');
              const own = report.transaction?.owner === 'azals/azals#7';
              const settled = report.live === release && !own;
              const deployed = deploy === 'success' && smoke === 'success' && back === 'skipped';
              const right =
                outcome === 'rolled-back-by-hand'
                  ? operation === 'rollback' && back === 'success' && settled
                  : deployed && settled && report.confirmed.includes(release);
              if (!['live', 'redeployed', 'rolled-back-by-hand'].includes(outcome)) continue;
              successes.add(outcome);
              if (!right) wrong.push({ outcome, deploy, smoke, back, operation, state, report });
            }
          }
  expect(wrong).toEqual([]);
  expect([...successes].sort()).toEqual(['live', 'redeployed', 'rolled-back-by-hand']);
});
