import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/src/errors.ts';
import { mentionsFor, parseMentions } from '../src/read/mention.ts';
import { stagesOf } from '../src/read/stages.ts';
import { redactor } from '../src/redact.ts';
import { formatPlace, parsePlace } from '../src/slack/destination.ts';
import { inputs } from './run.ts';

const needs = '{"deploy":{"result":"success","outputs":{}}}';

describe('inputs', () => {
  it('has a default for everything but the results and the destination', () => {
    expect(inputs({ needs })).toMatchObject({
      phase: 'finish',
      locale: 'fr',
      operation: 'deploy',
      state: 'unknown',
      host: undefined,
      environment: 'staging',
      timeBudget: 20_000,
      recordOutcome: false,
      needs: { deploy: { result: 'success' } },
      problems: [],
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['no results at the end', {}, 'input needs must name at least one job'],
    ['no job at all', { needs: '{}' }, 'input needs must name at least one job'],
    ['results that are no JSON', { needs: 'success' }, 'input needs is not JSON'],
    ['an unknown result', { needs: '{"a":{"result":"fine"}}' }, 'input needs, at a.result'],
    ['two destinations', { needs, 'webhook-url': 'https://a.example' }, 'give one of the inputs'],
    ['no destination', { needs, 'bot-token': '' }, 'give one of the inputs'],
    ['no channel', { needs, channel: '' }, 'input channel is missing'],
    ['a strange channel', { needs, channel: '<#C1>' }, 'input channel is "<#C1>"'],
    ['an unknown phase', { needs, phase: 'end' }, 'must be start, progress or finish'],
    ['a language nobody wrote', { needs, locale: 'de' }, 'must be fr or en'],
    ['no time', { needs, 'time-budget': '0' }, 'must be 1 to 300 seconds'],
    ['time without a number', { needs, 'time-budget': 'soon' }, 'input time-budget is "soon"'],
    ['a stage without a title', { needs, stages: 'deploy' }, 'must be JOB=TITLE'],
    ['a mention of everybody', { needs, mention: 'everyone' }, 'input mention has the line'],
    ['an author whom nobody knows', { needs, mention: 'author' }, 'names author, but no line'],
  ])('refuses %s', (_, values, message) => {
    expect(() => inputs(values)).toThrow(InvalidInput);
    expect(() => inputs(values)).toThrow(message);
  });

  it('does without what another job got wrong, and says so', () => {
    const broken = {
      migrations: '[',
      'scan-counts': '[]',
      'smoke-results': '{}',
      'suite-results': '[]',
    };
    const read = inputs({ needs, ...broken, message: 'x', release: '../x', commit: 'HEAD' });
    expect(read).toMatchObject({
      migrations: [],
      scanCounts: [],
      smokeResults: [],
      message: undefined,
      release: undefined,
      commit: undefined,
    });
    expect(read.problems.toSorted()).toEqual(
      [
        'commit',
        'message',
        'migrations',
        'release',
        'scan-counts',
        'smoke-results',
        'suite-results',
      ].map((name) => `input ${name} cannot be read, so the message is sent without it`),
    );
  });

  it('reads what other jobs tell', () => {
    const read = inputs({
      needs,
      migrations: '["0004", {"revision": "0005", "message": "Add city"}]',
      'scan-counts':
        '{"api": {"HIGH": 2, "not checked": "secrets"}, "frontend": 0, "nginx": {"not checked": "everything"}}',
      'smoke-results': '[{"name": "Home", "passed": true}, {"name": "API", "passed": false}]',
    });
    expect(read.migrations).toEqual([
      { revision: '0004', message: undefined },
      { revision: '0005', message: 'Add city' },
    ]);
    expect(read.scanCounts).toEqual([
      { name: 'api', counts: { HIGH: 2 }, notChecked: 'secrets' },
      { name: 'frontend', counts: { '': 0 }, notChecked: '' },
      { name: 'nginx', counts: {}, notChecked: 'everything' },
    ]);
    expect(read.smokeResults.map(({ passed }) => passed)).toEqual([true, false]);
  });
});

it('shows stages in their order, and every other job behind them', () => {
  const { stages } = inputs({ needs, stages: 'build=Images\n test = Tests \n' });
  const results = { scan: { result: 'failure' }, build: { result: 'success' } } as const;
  expect(stagesOf(stages, results)).toEqual([
    { title: 'Images', result: 'success' },
    { title: 'Tests', result: undefined },
    { title: 'scan', result: 'failure' },
  ]);
});

it('mentions whom it was told to, and an author whom somebody mapped', () => {
  const mentions = parseMentions('here\nS0123ABCD\nauthor\nCamille=U0123ABCD');
  expect(mentionsFor(mentions, 'camille')).toEqual([
    '<!here>',
    '<!subteam^S0123ABCD>',
    '<@U0123ABCD>',
  ]);
  expect(mentionsFor(parseMentions('camille=U0123ABCD'), 'dominique')).toEqual([]);
  expect(mentionsFor(parseMentions('camille=U0123ABCD'), undefined)).toEqual([]);
});

it('hands the place of a message on as one text', () => {
  const place = { channel: 'C0123ABCD', ts: '1700000000.000100' };
  expect(parsePlace(formatPlace(place))).toEqual(place);
  expect(parsePlace('1700000000.000100')).toEqual({ channel: undefined, ts: place.ts });
  expect(() => parsePlace('#staging-alerts')).toThrow('not the place of a message');
});

it('takes secrets out of a text in every form', () => {
  const hook = 'https://hooks.slack.com/services/T0/B0/abcdefghijklmnopqrst';
  const redact = redactor([hook, 'xoxb-a"b/c']);
  const text = `${hook} ${encodeURIComponent(hook)} /services/T0/B0/abcdefghijklmnopqrst`;
  expect(redact(text)).not.toContain('abcdefghijklmnopqrst');
  expect(redact(JSON.stringify({ token: 'xoxb-a"b/c' }))).toBe('{"token":"***"}');
  expect(redact('nothing secret')).toBe('nothing secret');
});
