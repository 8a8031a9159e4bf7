import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Adopter, folder, plainEnvironment } from './adopter.ts';

const minutes = 60_000;
const { root, tarball } = inject('adopter');
const adopter = new Adopter(root, tarball);

/** Runs the package's command line where people wait for it: what it prints is shown as it comes. */
async function run(...words: readonly string[]): Promise<{ printed: string; exitCode: number }> {
  const { all, exitCode = 1 } = await execa('npx', ['staging-pipeline', ...words], {
    cwd: join(root, folder),
    env: plainEnvironment(),
    extendEnv: false,
    all: true,
    stdout: ['pipe', 'inherit'],
    stderr: ['pipe', 'inherit'],
    stdin: 'ignore',
    reject: false,
  });
  return { printed: all, exitCode };
}

describe('the whole pipeline, in the monorepo', { timeout: 20 * minutes }, () => {
  let started: Awaited<ReturnType<typeof run>>;
  let commit: string;

  beforeAll(async () => {
    await adopter.checkOut('adopted');
    commit = await adopter.git('rev-parse', 'HEAD');
    started = await run('start');
  }, 60 * minutes);

  afterAll(async () => {
    await run('stop');
  }, 5 * minutes);

  it('is green, every job of it', () => {
    expect(started.exitCode, started.printed.split('\n').slice(-80).join('\n')).toBe(0);
    for (const job of [
      'Test backend',
      'Test web',
      'Build images',
      'Deploy',
      'Smoke test',
      'Notify',
    ])
      expect(started.printed).toMatch(new RegExp(`✓ success\\s+${job}`));
    expect(started.printed).not.toMatch(/✗|failure/);
  });

  it('has migrated all three branches of the database', () => {
    expect(started.printed).toMatch(/✓.*Migrate the database/);
  });

  it('answers at its address with the commit: the backend without a prefix, and the site', async () => {
    const [, url = ''] = /^ {2}Site\s+(http:\S+)$/m.exec(started.printed) ?? [];
    const ask = async (path: string, headers: Record<string, string> = {}) =>
      await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(10_000) });
    const status = await (await ask('/v2/status')).json();
    expect(status).toEqual({ state: 'up', cache: 'up', build: { commit } });
    expect(await (await ask('/build.json')).json()).toEqual({ commit });
    expect((await ask('/v2/bookings', { 'X-Workshop': 'north' })).status).toBe(200);
  });

  it('leaves the monorepo as it was', async () => {
    expect(await adopter.git('status', '--porcelain')).toBe('');
    expect(await adopter.git('rev-parse', 'HEAD')).toBe(commit);
    expect(await adopter.git('branch', '--format', '%(refname:short)')).toBe('trunk');
  });

  it('is stopped, and takes nothing of other clones along', async () => {
    const { printed, exitCode } = await run('stop');
    expect(exitCode, printed).toBe(0);
    expect(printed).toMatch(/✓ Removing staging-pipeline-\d+-local/);
    const [, url = ''] = /^ {2}Site\s+(http:\S+)$/m.exec(started.printed) ?? [];
    await expect(fetch(url, { signal: AbortSignal.timeout(2000) })).rejects.toThrow();
  });
});
