import { mkdtempDisposable, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeValues, planValues } from '../../scripts/staging/environment-values.ts';
import { initEnvironment, localPlace } from '../../scripts/staging/init.ts';
import { environmentFaults } from '../../src/environment/faults.ts';
import { environmentRules } from '../../src/environment/rules.ts';
import { environmentText } from '../../src/environment/text.ts';
import type { EnvironmentFile, EnvironmentVariable } from '../../src/environment/variable.ts';

const variable = (changes: Partial<EnvironmentVariable>): EnvironmentVariable => ({
  kind: { is: 'text' },
  what: 'Something',
  for: ['web'],
  production: 'the same',
  ...changes,
});

const file: EnvironmentFile = {
  introduction: 'The shop',
  sections: {
    Base: {
      MODE: variable({ kind: { is: 'choice', of: ['staging'] }, example: 'staging' }),
      PASSWORD: variable({
        kind: { is: 'secret', generate: { generate: 'hex' }, least: 16 },
        for: ['db'],
        comment: 'Nobody\nknows it.',
      }),
      URL: variable({ kind: { is: 'url', schemes: ['https'] }, example: 'https://x/${PASSWORD}' }),
    },
    More: {
      PAY_KEY: variable({ kind: { is: 'key', prefixes: ['sk_test_'] }, question: 'Key' }),
      ORIGINS: variable({
        kind: { is: 'origins' },
        example: 'http://localhost',
        question: 'Where',
      }),
      NOTE: variable({ required: false }),
    },
  },
};
const services = {
  web: { ports: [], profiles: [] },
  db: { ports: [], profiles: [] },
};

it('makes the example: what has to be chosen says so, what may be left out is off', () => {
  expect(environmentText(file).split('\n')).toEqual([
    '# The shop',
    '',
    expect.stringMatching(/^# --- Base -+$/),
    '',
    'MODE=staging',
    '',
    '# Nobody',
    '# knows it.',
    'PASSWORD=CHANGE_ME_password',
    'URL=https://x/${PASSWORD}',
    '',
    expect.stringMatching(/^# --- More -+$/),
    '',
    'PAY_KEY=CHANGE_ME_sk_test_',
    'ORIGINS=http://localhost',
    '#NOTE=',
    '',
  ]);
});

it('makes rules of one line each, which the server can read', () => {
  expect(environmentRules(file)).toEqual([
    'closed',
    'variable MODE required',
    'choice MODE staging',
    'variable PASSWORD required',
    'secret PASSWORD 16',
    'variable URL required',
    'url URL https',
    'variable PAY_KEY required',
    'key PAY_KEY sk_test_',
    'variable ORIGINS required',
    'origins ORIGINS',
    'variable NOTE optional',
  ]);
});

describe('what is wrong with the variables themselves', () => {
  const faults = (changes: Record<string, EnvironmentVariable>, around: object = services) =>
    environmentFaults(
      { introduction: '', sections: { Base: changes } },
      around as Parameters<typeof environmentFaults>[1],
    );

  it.each([
    [{ A: variable({ for: ['other'] }) }, 'A is for other, which is no service'],
    [{ A: variable({ required: 'other' }) }, 'A is for other, which is no service'],
    [{ 'A-B': variable({}) }, 'A-B is no name of a variable'],
    [
      { A: variable({ example: '${B}' }), B: variable({}) },
      'A takes B, which does not stand above',
    ],
    [{ A: variable({ kind: { is: 'text', pattern: 'a b' } }) }, 'without blanks'],
    [{ A: variable({ example: 'a\nb' }) }, 'more than one line'],
    [{ A: variable({ example: 'CHANGE_ME' }) }, 'nobody could make it'],
  ] as const)('%#', (variables, fault) => {
    expect(faults(variables)).toEqual([expect.stringContaining(fault)]);
  });

  it('is a service that gets a variable of another one', () => {
    const around = { ...services, db: { ports: [], profiles: [], env_file: '.env.staging' } };
    expect(faults({ A: variable({}) }, around)).toEqual([
      'environment: db gets A from its env_file, which is for web: write A: "" in its environment',
    ]);
    for (const environment of [{ A: '' }, ['A=']])
      expect(faults({ A: variable({}) }, { ...around, db: { ...around.db, environment } })).toEqual(
        [],
      );
    // Without a value it is taken from wherever Compose was called.
    for (const environment of [{ A: null }, ['A']])
      expect(
        faults({ A: variable({}) }, { ...around, db: { ...around.db, environment } }),
      ).toHaveLength(1);
  });
});

describe('init', () => {
  const given = { PAY_KEY: 'sk_test_0123456789' };

  it('generates secrets, takes what is set here, and asks for the rest alone', async () => {
    const asked: string[] = [];
    const values = await makeValues(planValues(file, given), {
      given,
      ask: async (question, preset) => {
        asked.push(`${question}: ${preset}`);
        return 'https://staging.example.com';
      },
    });
    expect(asked).toEqual(['Where (ORIGINS): http://localhost']);
    expect(Object.fromEntries(values)).toEqual({
      PASSWORD: expect.stringMatching(/^[0-9a-f]{64}$/),
      PAY_KEY: given.PAY_KEY,
      ORIGINS: 'https://staging.example.com',
    });
  });

  it.each([
    [{}, 'PAY_KEY cannot be known: set the variable PAY_KEY'],
    [{ PAY_KEY: 'sk_live_0123456789' }, 'PAY_KEY does not begin with sk_test_'],
    [{ PAY_KEY: 'sk_test_"$x' }, 'PAY_KEY has a blank or one of'],
    [{ ...given, ORIGINS: 'https://a.example/' }, 'ORIGINS has to be origins'],
  ])('takes no answer that is wrong, and tells none of it: %#', async (wrong, said) => {
    const made = makeValues(planValues(file, wrong), { given: wrong, ask: undefined });
    await expect(made).rejects.toThrow(said);
    await expect(made).rejects.not.toThrow(/0123456789|\$x/);
  });

  it('writes a file that only its owner reads, whole, and never in the place of another', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'init-'));
    const path = join(folder.path, '.env.staging');
    const said: string[] = [];
    const init = (dryRun: boolean) =>
      initEnvironment({
        file: { ...file, sections: { Base: file.sections.Base ?? {} } },
        place: localPlace(path),
        dryRun,
        asking: { yes: true, signal: new AbortController().signal },
        print: (line) => said.push(line),
      });
    await init(true);
    await expect(stat(path)).rejects.toThrow('ENOENT');
    expect(said.join('\n')).toMatch(
      /would write .*\n {2}MODE +the value.*\n {2}PASSWORD +a new random/,
    );
    await init(false);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(/^PASSWORD=[0-9a-f]{64}$/m);
    expect(said.join('\n')).not.toContain(/^PASSWORD=(.*)$/m.exec(text)?.[1]);
    await expect(init(false)).rejects.toThrow('is there already');
    await writeFile(path, 'MINE=1\n');
    await expect(localPlace(path).write('other')).rejects.toThrow('is there already');
    expect(await readFile(path, 'utf8')).toBe('MINE=1\n');
  });
});
