import { readFile } from 'node:fs/promises';
import { runCommand } from '../../../shared/src/command.ts';
import { explain, InvalidInput, PhaseFailed } from '../../../shared/src/errors.ts';
import { type Baseline, parseBaseline } from '../judge/baseline.ts';

export interface BaselineVersions {
  readonly baseline: Baseline | undefined;
  readonly earlier: readonly Baseline[];
  /** Why nothing can be said with it; undefined where something can. What was found is reported all the same. */
  readonly problem: string | undefined;
}

/**
 * The baseline, and what it was in each commit before that changed it: a baseline that grew in a commit whose run failed
 * is found in the next run too.
 */
export async function readBaseline(file: string | undefined): Promise<BaselineVersions> {
  const none = { baseline: undefined, earlier: [] };
  if (file === undefined) return { ...none, problem: undefined };
  try {
    return { ...(await versionsOf(file)), problem: undefined };
  } catch (error) {
    return { ...none, problem: explain(error) };
  }
}

async function versionsOf(file: string): Promise<Omit<BaselineVersions, 'problem'>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new InvalidInput(
      `the baseline ${file} is not there: \`npx staging-pipeline scan-baseline\` writes one, or take it out of the settings`,
    );
  const baseline = parseBaseline(text, file);
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.trim() !== 'false')
    throw new PhaseFailed(
      'baseline',
      'whether it grew is in the history, which is not there: check out with fetch-depth: 0',
    );
  const commits = await git('log', '--full-history', '--format=%H', '--', file);
  const earlier: Baseline[] = [];
  for (const commit of commits.split('\n').filter((each) => each !== '')) {
    const version = await git('show', `${commit}:./${file}`).catch(() => undefined);
    // One that nobody could read hid nothing; a commit that took it away has none.
    if (version === undefined) continue;
    try {
      earlier.push(parseBaseline(version, file));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
    }
  }
  return { baseline, earlier };
}

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await runCommand('git', ['-c', 'safe.directory=*', ...args], {
    timeout: 60_000,
  });
  return stdout;
}
