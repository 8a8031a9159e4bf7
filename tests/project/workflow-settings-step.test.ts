import { ExecaError, execa } from 'execa';
import { expect, it } from 'vitest';
import { required } from '../../src/typed/index.ts';
import { repository, staging } from '../../workflows/settings.ts';
import { job } from './compiled-workflow.ts';

const [step] = job('settings').steps;
const names = Object.keys({ ...required(repository), ...required(staging) });
const complete = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));

/** Runs the step's script as the runner does, with these settings. */
async function check(settings: Record<string, string>) {
  const env = { ...settings, REQUIRED: step?.env?.REQUIRED ?? '', PATH: process.env.PATH };
  try {
    const { stdout } = await execa('bash', ['-e', '-o', 'pipefail'], {
      input: step?.run ?? 'exit 9',
      env,
      extendEnv: false,
    });
    return { exitCode: 0, stdout };
  } catch (error) {
    if (error instanceof ExecaError) return { exitCode: error.exitCode, stdout: error.stdout };
    throw error;
  }
}

it('hands every required setting to the check', () => {
  const { REQUIRED, ...handed } = step?.env ?? {};
  expect(Object.keys(handed)).toEqual(names);
  expect(REQUIRED).toBe(names.join(' '));
});

it('lets a run go on when everything is set', async () => {
  expect(await check(complete)).toEqual({ exitCode: 0, stdout: '' });
});

it('names everything that is missing or empty, and no values', async () => {
  const { STAGING_HOST: _, ...rest } = complete;
  const { exitCode, stdout } = await check({ ...rest, SLACK_BOT_TOKEN: '' });
  expect(exitCode).toBe(1);
  expect(stdout).toContain('::error title=Missing settings::');
  expect(stdout).toContain(': STAGING_HOST SLACK_BOT_TOKEN. ');
  expect(stdout).not.toContain('value of');
});
