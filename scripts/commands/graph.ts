import { Command } from 'commander';
import { pipelinePicture } from '../build/pipeline-picture.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository } from '../repository/repository.ts';

const program = new Command('staging-pipeline graph').description(
  'Draws the jobs of a workflow and what they wait for, as a Mermaid flowchart, which GitHub shows as a picture. `build` puts it into the page that the settings name.',
);
program.argument('[workflow]', 'id of the workflow; that of the settings where not given');

/** Prints the picture of a workflow. */
export async function run({ words }: Invocation): Promise<number> {
  const [wanted] = program.parse(words, { from: 'user' }).args;
  const repository = await openRepository(process.cwd());
  const workflows = await compileWorkflows(repository);
  const id = wanted ?? repository.project.workflow;
  const found = workflows.find((each) => each.id === id);
  if (found) console.log(pipelinePicture(found.plain));
  else
    console.error(
      `There is no workflow ${id}; there are: ${workflows.map((each) => each.id).join(', ')}`,
    );
  return found ? 0 : 1;
}
