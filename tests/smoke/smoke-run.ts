import { fakeExecutor } from '../process/fake-host.ts';
import type { ActionRun, BundledActions } from '../process/run-action.ts';
import { bundleActions } from '../process/run-action.ts';
import { checks } from './staging/checks.ts';
import { commit, images, type Staging } from './staging/staging.ts';

/** A check as the output `results` has it. */
export interface Result {
  readonly name: string;
  readonly passed: boolean;
  readonly state: string;
  readonly detail?: string;
  readonly tries: number;
}

export interface SmokeRun extends ActionRun {
  readonly results: readonly Result[];
}

/** The action's bundle, which asks hosts that have the stand-in for the executor. */
export async function bundleSmokeTest(): Promise<BundledActions> {
  const actions = await bundleActions('smoke-test');
  await actions.replace('smoke-test', 'executor.sh', await fakeExecutor());
  return actions;
}

export interface SmokeOptions {
  readonly inBrowser?: boolean;
  /** Kinds of checks that are left out. */
  readonly without?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Judges a staging with the action, as a job does: main step and post step. */
export async function smokeTest(
  actions: BundledActions,
  staging: Staging,
  { inBrowser = false, without = [], inputs = {} }: SmokeOptions = {},
): Promise<SmokeRun> {
  const leftOut = [...without, ...(inBrowser ? [] : ['browser'])];
  const asked = checks.filter(({ kind = 'request' }) => !leftOut.includes(kind));
  const given = {
    url: staging.url,
    commit,
    images: images.join('\n'),
    checks: JSON.stringify(asked),
    secrets: `PASSWORD=${staging.records.password}`,
    timeout: '5',
    'report-directory': `${staging.directory}/report`,
    ...staging.host.inputs,
    ...inputs,
  };
  const run = await actions.run('smoke-test', given);
  await actions.runPost('smoke-test', run.state);
  return { ...run, results: JSON.parse(run.outputs.results ?? '[]') };
}
