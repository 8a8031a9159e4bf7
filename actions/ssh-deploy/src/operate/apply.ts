import { planQuestion } from '../../../shared/src/executor/call.ts';
import type { Requester } from '../../../shared/src/requester.ts';
import { type Making, prepareRelease } from '../make-release/prepare-release.ts';
import { commitOfRun } from '../read/commit.ts';
import type { CommandInputs, Inputs, StageInputs } from '../read/inputs.ts';
import { askAll, type Fleet, type HostResult, operateOnAll, releaseOnAll } from './fleet.ts';
import { openFleet } from './open-fleet.ts';
import { rollBack } from './roll-back.ts';
import { restage, stage } from './stage.ts';

/** Where the action runs, and whom it tells what. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly requester: Requester;
  /** The text of the executor. */
  readonly script: string;
  readonly temporaryDirectory: string;
  readonly workspace: string;
  readonly onProgress: (line: string) => void;
  readonly onDirectory: (directory: string) => void;
  /** Is told that from now on the hosts work, and on which release if the command names one. */
  readonly onWork: (release: string | undefined) => void;
}

/** Carries out a command on all hosts; returns what each reported. */
export async function apply(inputs: Inputs, around: Surroundings): Promise<HostResult[]> {
  const { request } = inputs;
  if (request.command === 'stage') return await makeAndStage(request, inputs, around);
  await using fleet = await connect(inputs, around);
  around.onWork('release' in request ? request.release : undefined);
  return await applyRequest(fleet, request, around);
}

async function makeAndStage(
  request: StageInputs,
  inputs: Inputs,
  around: Surroundings,
): Promise<HostResult[]> {
  const { environment, requester, workspace } = around;
  const { baseDirectory } = inputs;
  const commit = commitOfRun(environment);
  const making: Making = { workspace, baseDirectory, commit, requester, now: new Date() };
  // What is wrong with the workspace shows before anybody connects.
  const release = await prepareRelease(request, making);
  await using fleet = await connect(inputs, around);
  around.onWork(release.id);
  return await stage(fleet, { ...around, inputs: request, making, release });
}

function connect({ hosts, baseDirectory, limits }: Inputs, around: Surroundings) {
  const context = { baseDirectory, requester: around.requester, limits };
  return openFleet({ ...around, hosts, context, keep: true });
}

/** Of the journal: so many that the run which looked last is among them. A deploy writes about thirty. */
const recentLines = 300;

type WithoutStage = Exclude<CommandInputs, StageInputs>;

async function applyRequest(
  fleet: Fleet,
  request: WithoutStage,
  { onProgress }: Surroundings,
): Promise<HostResult[]> {
  const { baseDirectory, requester } = fleet.context;
  switch (request.command) {
    case 'restage':
      return await restage(fleet, request);
    case 'release':
      return await releaseOnAll(fleet, request.release);
    case 'confirm':
      return await operateOnAll(fleet, 'confirm', { release: request.release });
    case 'rollback':
      return await rollBack(fleet, request, onProgress);
    case 'status':
      return await askAll(
        fleet,
        planQuestion('status', baseDirectory, { 'recent-lines': String(recentLines) }),
      );
    case 'unlock': {
      const { owner, actor } = requester;
      const force = request.force ? { force: 'yes' } : {};
      return await askAll(fleet, planQuestion('unlock', baseDirectory, { owner, actor, ...force }));
    }
  }
}
