import { readFile, writeFile } from 'node:fs/promises';
import { withImages } from '../base-images/workflow-images.ts';
import { YamlFile } from '../base-images/yaml-scalars.ts';
import { type EarlierJobs, withEarlierJobs } from '../run/earlier-jobs.ts';
import {
  type ContainerFolders,
  judgesInContainers,
  withGitHubOutputs,
} from '../run/job-outputs.ts';

interface Workflow {
  readonly jobs?: Readonly<Record<string, { readonly steps?: readonly { uses?: string }[] }>>;
}

/** What of a workflow cannot be the same on this machine. */
export interface LocalDifferences {
  /** What the engine calls the images that jobs run. */
  readonly images: ReadonlyMap<string, string>;
  /** Whether the real docker/build-push-action runs: there is no GitHub cache here for it to use. */
  readonly realBuilds: boolean;
  /** Jobs that an earlier run stands for. */
  readonly earlier: EarlierJobs;
}

/**
 * Writes the workflow that act runs: the compiled one, but for what cannot be the same here, or would not be.
 * `containerFolders` is asked where a job needs them.
 */
export async function writeWorkflowForAct(
  compiled: string,
  file: string,
  differences: LocalDifferences,
  containerFolders: () => Promise<ContainerFolders>,
): Promise<void> {
  const text = await readFile(compiled, 'utf8');
  const judged = judgesInContainers(text)
    ? withGitHubOutputs(text, { folders: await containerFolders() })
    : withGitHubOutputs(text);
  await writeFile(file, workflowForAct(judged, differences));
}

/** The text of a compiled workflow with the differences of this machine. */
export function workflowForAct(
  text: string,
  { images, realBuilds, earlier }: LocalDifferences,
): string {
  const changed = withImages(text, images);
  return withEarlierJobs(realBuilds ? withoutGitHubCache(changed) : changed, earlier);
}

function withoutGitHubCache(text: string): string {
  const file = new YamlFile(text);
  const { jobs = {} } = (file.data ?? {}) as Workflow;
  const ranges = Object.entries(jobs).flatMap(([id, { steps = [] }]) =>
    steps.flatMap(({ uses = '' }, index) =>
      uses.startsWith('docker/build-push-action@')
        ? ['cache-from', 'cache-to'].flatMap((input) => {
            const found = file.at(['jobs', id, 'steps', index, 'with', input]);
            return found?.text.includes('type=gha') ? [found.range] : [];
          })
        : [],
    ),
  );
  return ranges
    .toSorted(([one], [other]) => other - one)
    .reduce((changed, [start, end]) => `${changed.slice(0, start)}""${changed.slice(end)}`, text);
}
