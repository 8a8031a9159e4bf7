import { step } from '../../terminal/progress.ts';
import { chooseActions } from './choose-actions.ts';
import { fetchActions, gitHubAnswers } from './fetch-actions.ts';
import { usedActions } from './used-actions.ts';

/** The third-party actions of a run, all of them on this machine. */
export interface RunActions {
  /** Folders by what stands behind `uses`. */
  readonly folders: ReadonlyMap<string, string>;
  /** Whether the real docker/build-push-action builds the images. */
  readonly realBuilds: boolean;
  /** Which actions run, for the table at the end. */
  readonly summary: string;
}

/** Where a workflow lies, and the images that the engine has for public ones. */
export interface WorkflowToRun {
  readonly root: string;
  readonly workflow: string;
  readonly images: ReadonlyMap<string, string>;
}

/** Brings every third-party action of a workflow here: the real ones where github.com answers, stand-ins otherwise. */
export async function prepareActions(options: WorkflowToRun): Promise<RunActions> {
  return await step('Third-party actions', async ({ note }) => {
    const used = await usedActions(options.root, options.workflow);
    const chosen = chooseActions(used, {
      gitHubAnswers: await gitHubAnswers(),
      standInImages: [...options.images].some(([image, name]) => image !== name),
    });
    note(chosen.summary);
    return {
      folders: new Map([...chosen.standIns, ...(await fetchActions(chosen.real))]),
      realBuilds: chosen.real.some(({ name }) => name === 'docker/build-push-action'),
      summary: chosen.summary,
    };
  });
}
