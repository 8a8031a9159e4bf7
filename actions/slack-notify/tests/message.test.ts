import { describe, expect, it } from 'vitest';
import type { Facts } from '../src/facts.ts';
import { failedSteps } from '../src/failed-steps.ts';
import { renderMessage } from '../src/message.ts';
import { link, oneLine } from '../src/mrkdwn.ts';
import { locales } from '../src/texts.ts';

const facts: Facts = {
  outcome: 'live',
  needs: { deploy: { result: 'success' }, smoke: { result: 'success' } },
  repository: 'azals/azals',
  runUrl: 'https://github.com/azals/azals/actions/runs/7',
  commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  commitUrl: 'https://github.com/azals/azals/commit/0a1b2c3',
  commitMessage: 'Add the city of a customer\n\nLong text.',
  author: 'Camille',
  branch: 'develop',
  environmentUrl: 'http://localhost:8081',
  release: '20260101T000000Z-0a1b2c3',
  migrationFrom: '0004',
  migrationTo: '0005',
  failedSteps: [],
};

describe('the message', () => {
  it('says in French what happened', () => {
    const text = JSON.stringify(renderMessage(facts, 'fr'));
    expect(text).toContain('✅ Staging est à jour · azals/azals');
    expect(text).toContain('"text":"Add the city of a customer"');
    expect(text).toContain('*Migrations*\\n0004 → 0005');
    expect(text).toContain('<http://localhost:8081/|http://localhost:8081>');
    expect(text).toContain('<https://github.com/azals/azals/actions/runs/7|Voir l’exécution>');
    expect(text).not.toContain('Long text');
  });

  it('names the failing step with its log, or the failing job without GitHub', () => {
    const failed = { ...facts, outcome: 'failed', needs: { scan: { result: 'failure' } } } as const;
    const url = 'https://github.com/azals/azals/actions/runs/7/job/9#step:3:1';
    const named = { ...failed, failedSteps: [{ job: 'Scan', step: 'Bandit', url }] };
    expect(JSON.stringify(renderMessage(named, 'en'))).toContain(
      `*Failed*\\n• <${url}|Scan › Bandit>`,
    );
    expect(JSON.stringify(renderMessage(failed, 'en'))).toContain('*Failed*\\n• scan');
  });

  it('keeps untrusted text from mentioning, linking or breaking anything', () => {
    const evil = `<!channel> <https://evil.example|log in> & \u202Eabc\u0000\ud800 ${'é'.repeat(40_000)}`;
    for (const locale of locales) {
      const { blocks, text } = renderMessage(
        {
          ...facts,
          outcome: 'failed',
          commitMessage: evil,
          author: evil,
          branch: evil,
          repository: evil,
          release: evil,
          needs: { [evil]: { result: 'failure' } },
          failedSteps: [{ job: evil, step: evil, url: 'javascript:alert(1)' }],
        },
        locale,
      );
      expect(text).not.toContain('<');
      for (const mrkdwn of texts(blocks, 'mrkdwn')) {
        expect(mrkdwn).not.toMatch(/<(?!https?:\/\/(?:github\.com|localhost))/);
        expect(mrkdwn.length).toBeLessThanOrEqual(2000);
      }
      const [header = '', subject = ''] = texts(blocks, 'plain_text');
      expect(header.length).toBeLessThanOrEqual(150);
      expect(subject.length).toBeLessThanOrEqual(3000);
      expect(JSON.stringify(blocks)).not.toMatch(/\u202e|\\u0000|\\ud800/i);
    }
  });
});

/** Every text object of a type in a payload. */
function texts(value: unknown, type: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  const own = object.type === type && typeof object.text === 'string' ? [object.text] : [];
  return [...own, ...Object.values(object).flatMap((inner) => texts(inner, type))];
}

it('shortens at a word and never inside a character', () => {
  expect(oneLine('one two  three\nfour', 16)).toBe('one two three…');
  expect(oneLine(`${'a'.repeat(8)}😀😀`, 10)).toBe(`${'a'.repeat(8)}…`);
});

it('links only to web addresses', () => {
  expect(link('https://a.example/?x=1&y=|', 'a|b>')).toBe(
    '<https://a.example/?x=1&amp;y=%7C|a∣b&gt;>',
  );
  expect(link('javascript:alert(1)', 'x')).toBe('x');
});

it('finds the first failed step of each failed job', () => {
  const step = (name: string, number: number, conclusion: string) => ({ name, number, conclusion });
  const jobs = [
    { name: 'Test', html_url: 'u1', conclusion: 'success', steps: [] },
    {
      name: 'Scan',
      html_url: 'u2',
      conclusion: 'failure',
      steps: [
        step('Check out', 1, 'success'),
        step('Bandit', 2, 'failure'),
        step('x', 3, 'failure'),
      ],
    },
    { name: 'Build', html_url: 'u3', conclusion: 'timed_out' },
  ];
  expect(failedSteps(jobs)).toEqual([
    { job: 'Scan', step: 'Bandit', url: 'u2#step:2:1' },
    { job: 'Build', step: undefined, url: 'u3' },
  ]);
});
