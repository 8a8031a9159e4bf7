import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MigrationBed, startBed } from './bed.ts';

let bed: MigrationBed;

const path = 'shared/.env.staging';

beforeAll(async () => {
  bed = await startBed();
  bed.neededVariables = ['A', 'B'];
});
afterAll(async () => await bed[Symbol.asyncDispose]());

/** What staging says to a file of these lines; undefined where it takes it. */
async function refusal(lines: string, mode = 0o600): Promise<string | undefined> {
  await bed.write(path, () => (lines.endsWith('\b') ? lines.slice(0, -1) : `${lines}\n`));
  await chmod(join(bed.baseDirectory, path), mode);
  try {
    await bed.executor('abort');
    await bed.stage([]);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    expect(message).not.toMatch(/sk_live_|geheim/);
    return /error: .*\.env\.staging:? (.*)/.exec(message)?.[1] ?? message;
  }
}

it('takes what Compose takes', async () => {
  for (const lines of [
    'A=1\nB=2',
    '\ufeffA=1\nB=2',
    'A=1\r\n\tB=2\r',
    'A: 1\nexport B=2',
    '# A=CHANGE_ME\n  # B=CHANGE_ME\nA=1 # was CHANGE_ME\nB="2" # sk_live_',
    'A="-----BEGIN\ngeheim\nC=\n-----END"\nB=$A',
    "A='it$x'\nB=a$$b",
    'A=1\nB=${NOT_SET:-2}',
  ]) {
    expect(await refusal(lines), lines).toBeUndefined();
  }
});

it('refuses what is empty to Compose, and names variables and lines alone', async () => {
  const isEmpty = (name: string) =>
    expect.stringMatching(new RegExp(`^line \\d: ${name} is empty: [^;]*$`));
  for (const [lines, told] of [
    ['A=""\nB=2', isEmpty('A')],
    ['A=\r\nB=2', isEmpty('A')],
    ['A=  \nB=2', isEmpty('A')],
    [
      'A=1\nA=\nB=2',
      expect.stringMatching(/^line 2: A is in lines 1 and 2: .*; line 2: A is empty/),
    ],
    ['B=2', 'A is not set: the example of this file says what it is for'],
    ['A="\nB=2\n"', expect.stringMatching(/^B is not set: /)],
    ['A=CHANGE_ME\nB=2', expect.stringMatching(/^line 1: A still has the placeholder CHANGE_ME/)],
    [
      'A="x\ngeheim=CHANGE_ME"\nB=2',
      expect.stringMatching(/^line 1: A still has the placeholder CHANGE_ME/),
    ],
    ['A: sk_live_geheim\nB=2', expect.stringMatching(/^line 1: A has a live Stripe key; staging/)],
    ['A=1\nsk_live_geheim\nB=2', 'line 2 is no NAME=value'],
    ['A=1\nB=2\nSTRIPE KEY sk_live_geheim', 'line 3 is no NAME=value'],
    ['A=1\nB=2\n\ngeheim/+geheim==\b', 'line 4 is no NAME=value'],
    ['A=1\nB="geheim', 'line 2: B opens a quote that is not closed in its line'],
    ['A=geheim$geheim\nB=2', expect.stringMatching(/^A in line 1 has a \$ that Compose takes for/)],
    ['A=1\nB=${geheim', expect.stringMatching(/^B in line 2.* has a \$ that Compose cannot read/)],
  ] as const) {
    expect(await refusal(lines), lines).toEqual(told);
  }
});

it('shows no value that Compose quotes because it cannot use it', async () => {
  const said = await refusal('A=1\nB=2\nDATABASE_PORT=geheimer-port');
  expect(said).toContain('Docker Compose does not accept the compose file');
  expect(said).toContain('***');
});

it('refuses a file that every user may read, with the command that mends it', async () => {
  for (const mode of [0o644, 0o604, 0o602]) {
    expect(await refusal('A=1\nB=2', mode)).toMatch(/every user of this host: chmod 600 \S+$/);
  }
  expect(await refusal('A=1\nB=2', 0o640)).toBeUndefined();
});
