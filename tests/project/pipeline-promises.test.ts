import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Result } from '../../src/typed/contexts.ts';
import type { Plain } from '../../src/typed/plain.ts';
import { type Scenario, simulate } from '../../src/typed/simulate.ts';
import project from '../../workflows/settings.ts';
import { text } from './compiled-workflow.ts';

const { branch } = project;
const workflow: Plain = parse(text);
const push: Scenario = { github: { event_name: 'push', ref: `refs/heads/${branch}` } };
const byHand: Scenario = {
  github: { event_name: 'workflow_dispatch', ref: `refs/heads/${branch}` },
  inputs: { reason: '', action: 'deploy', release: '', load: false },
};
const redeploy: Scenario = {
  ...byHand,
  inputs: { reason: '', action: 'deploy', release: '20261122T143642Z-0a1b2c3' },
};
const rollback: Scenario = { ...byHand, inputs: { reason: '', action: 'rollback', release: '' } };

const bad = ['failure', 'cancelled'] as const;
const gates = ['settings', 'test-api', 'test-frontend', 'build', 'scan'];
const judges = ['smoke', 'integration', 'browser'];
const reaching = ['deploy', ...judges, 'confirm', 'load', 'rollback'];

const run = (scenario: Scenario) => simulate(workflow, scenario);
const results = (scenario: Scenario): Readonly<Record<string, Result>> =>
  Object.fromEntries(Object.entries(run(scenario)).map(([id, { result }]) => [id, result]));
const everyJob = Object.keys(workflow.jobs);

describe.each([
  ['a push', push],
  ['a run by hand', byHand],
])('%s', (_, scenario) => {
  it('runs everything but the rollback and the load test where all is well', () => {
    const expected = Object.fromEntries(everyJob.map((id) => [id, 'success']));
    expect(results(scenario)).toEqual({ ...expected, load: 'skipped', rollback: 'skipped' });
  });

  it.each(gates.flatMap((gate) => bad.map((end) => [gate, end] as const)))(
    'reaches the server with nothing when %s ends in %s',
    (gate, end) => {
      const ended = results({ ...scenario, ends: { [gate]: end } });
      for (const id of reaching) expect(ended[id]).toBe('skipped');
      expect(ended.notify).toBe('success');
    },
  );

  it.each(everyJob)('reaches the server with nothing new when cancelled during %s', (id) => {
    const ended = results({ ...scenario, cancelledDuring: [id] });
    if (gates.includes(id)) for (const each of reaching) expect(ended[each]).toBe('skipped');
    expect(ended.notify).toBe('success');
  });

  it.each(everyJob.flatMap((id) => bad.map((end) => [id, end] as const)))(
    'notifies when %s ends in %s',
    (id, end) => {
      const ended = results({ ...scenario, ends: { [id]: end } });
      expect(ended.notify).toBe(id === 'notify' ? end : 'success');
    },
  );
});

describe('a redeploy', () => {
  it('builds nothing and still deploys', () => {
    const ended = results(redeploy);
    for (const id of ['test-api', 'test-frontend', 'build', 'scan'])
      expect(ended[id]).toBe('skipped');
    for (const id of ['deploy', ...judges, 'confirm', 'notify']) expect(ended[id]).toBe('success');
    for (const id of ['tag', 'rollback']) expect(ended[id]).toBe('skipped');
  });

  it('stages what the host has recorded, and checks that it belongs to the branch first', () => {
    const { steps } = run(redeploy).deploy ?? { steps: [] };
    expect(steps).toEqual([
      'Check out',
      'Tell Slack how far it is',
      'Stage the recorded release',
      'The recorded release may be deployed',
      'Release',
    ]);
    expect(run(push).deploy?.steps).toEqual([
      'Check out',
      'Tell Slack how far it is',
      'Stage the release',
      'Migrate the database',
      'Release',
    ]);
  });

  it('is refused like a deployment when settings are missing', () => {
    expect(results({ ...redeploy, ends: { settings: 'failure' } }).deploy).toBe('skipped');
  });
});

describe.each([
  ['a push', push],
  ['a redeploy', redeploy],
])('the rollback after %s', (_, scenario) => {
  it.each(judges.flatMap((judge) => bad.map((end) => [judge, end] as const)))(
    'runs when %s ends in %s, and nothing is confirmed',
    (judge, end) => {
      const ended = results({ ...scenario, ends: { [judge]: end } });
      expect([ended.confirm, ended.rollback]).toEqual(['skipped', 'success']);
    },
  );

  it.each(bad)('runs when the confirmation ends in %s', (end) => {
    expect(results({ ...scenario, ends: { confirm: end } }).rollback).toBe('success');
  });

  it.each(judges)('runs when the run is cancelled during %s', (judge) => {
    const ended = results({ ...scenario, cancelledDuring: [judge] });
    expect(ended[judge]).toBe('cancelled');
    expect(ended.rollback).toBe('success');
  });

  it.each(bad)('runs when the deployment ends in %s: its release may be live', (end) => {
    expect(results({ ...scenario, ends: { deploy: end } }).rollback).toBe('success');
    const ended = results({ ...scenario, cancelledDuring: ['deploy'] });
    expect([ended.deploy, ended.rollback]).toEqual(['cancelled', 'success']);
  });

  it('does not run when nothing was staged', () => {
    const outputs = { deploy: { release: '' } };
    for (const end of bad)
      expect(results({ ...scenario, ends: { deploy: end }, outputs }).rollback).toBe('skipped');
  });
});

it('a redeploy of the live release that fails leaves it live', () => {
  const outputs = { deploy: { release: 'the live one', previous: 'the live one' } };
  for (const end of bad) {
    const ended = results({ ...redeploy, ends: { deploy: end }, outputs });
    expect(ended.rollback).toBe('skipped');
  }
});

describe.each(['integration', 'browser'])('the suite %s', (id) => {
  const tested = (reached: string, ready = '') =>
    run({ ...push, stepOutputs: { [id]: { reach: { reached }, ready: { ready } } } })[id]?.steps;

  it('tests what the runner reaches with all that the tests need, and nothing else', () => {
    expect(tested('true', 'true')).toContain('Tests');
    const unready = tested('true', 'false');
    expect(unready).toContain('What the tests need is there');
    expect(unready).toContain('Tell what failed');
    expect(unready).not.toContain('Tests');
    expect(unready).not.toContain('Keep the report');
    expect(tested('false')).toEqual(['Check out', 'Staging can be reached', 'Tell what failed']);
  });
});

describe('the load test', () => {
  const asked: Scenario = { ...byHand, inputs: { ...byHand.inputs, load: true } };

  it('runs when somebody asks for it, once the release is confirmed', () => {
    expect(results(asked).load).toBe('success');
    expect(results({ ...asked, ends: { browser: 'failure' } }).load).toBe('skipped');
  });

  it('takes nothing back', () => {
    const ended = results({ ...asked, ends: { load: 'failure' } });
    expect([ended.confirm, ended.rollback]).toEqual(['success', 'skipped']);
  });
});

describe('the tag of images', () => {
  it.each(['test-api', 'test-frontend', 'build', 'scan'])('stays when %s has failed', (gate) => {
    expect(results({ ...push, ends: { [gate]: 'failure' } }).tag).toBe('skipped');
  });

  it('stays in a run on another branch', () => {
    const ended = results({ ...byHand, github: { ...byHand.github, ref: 'refs/heads/main' } });
    expect([ended.scan, ended.tag]).toEqual(['success', 'skipped']);
  });
});

describe('a rollback by hand', () => {
  it('returns to the release before', () => {
    expect(run(rollback).rollback?.steps).toEqual(['Check out', 'Return to the release before']);
  });

  it('deploys a release that somebody names, so that it is tested before it counts', () => {
    const named = {
      ...rollback,
      inputs: { ...rollback.inputs, release: '20261122T143642Z-0a1b2c3' },
    };
    expect(run(named)).toEqual(run(redeploy));
    for (const judge of judges) {
      const ended = results({ ...named, ends: { [judge]: 'failure' } });
      expect([ended.confirm, ended.rollback]).toEqual(['skipped', 'success']);
    }
  });

  it('does nothing else, and tells about it', () => {
    const ended = results(rollback);
    const run = everyJob.filter((id) => ended[id] === 'success');
    expect(run).toEqual(['settings', 'announce', 'rollback', 'notify']);
    expect(new Set(Object.values(ended))).toEqual(new Set(['success', 'skipped']));
  });

  it('is refused like a deployment when settings are missing', () => {
    expect(results({ ...rollback, ends: { settings: 'failure' } }).rollback).toBe('skipped');
  });
});

describe('the message', () => {
  const asked = 'Ask the server what is live';

  it.each([
    ['a push', push],
    ['a redeploy', redeploy],
    ['a rollback by hand', rollback],
    ['a deployment that failed', { ...push, ends: { deploy: 'failure' } }],
    ['a deployment that was cancelled', { ...push, cancelledDuring: ['deploy'] }],
    ['a rollback that failed', { ...push, ends: { smoke: 'failure', rollback: 'failure' } }],
    ['a rollback by hand that failed', { ...rollback, ends: { rollback: 'failure' } }],
  ] as const)('says what the server runs after %s', (_, scenario: Scenario) => {
    expect(run(scenario).notify?.steps).toContain(asked);
  });

  const afterSettings = gates.filter((gate) => gate !== 'settings');
  it.each(afterSettings)(
    'says what the server runs when %s failed: it may be nothing yet',
    (gate) => {
      const { steps = [] } = run({ ...push, ends: { [gate]: 'failure' } }).notify ?? {};
      expect(steps).toContain(asked);
      expect(steps).toContain('Tell Slack');
    },
  );

  it('asks no server where settings are missing', () => {
    const { steps = [] } = run({ ...push, ends: { settings: 'failure' } }).notify ?? {};
    expect(steps).not.toContain(asked);
    expect(steps).toContain('Tell Slack');
  });
});

describe.each(['refs/heads/main', 'refs/heads/develop-2', 'refs/tags/develop', ''])(
  'a run by hand on "%s"',
  (ref) => {
    it.each([
      ['build', byHand],
      ['redeploy', redeploy],
      ['rollback', rollback],
    ])('does not reach staging (%s)', (_, scenario) => {
      const ended = results({ ...scenario, github: { ...scenario.github, ref } });
      for (const id of reaching) expect(ended[id]).toBe('skipped');
    });
  },
);
