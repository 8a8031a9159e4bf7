import { join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  demandFree,
  formattedLikeRepository,
  type Outcome,
  readWorkflows,
  shortPath,
  targetOf,
  writeDefinition,
} from '../import/files.ts';
import { report, totals } from '../import/report.ts';
import type { Imported } from '../import/workflow.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository, type Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

interface Options {
  readonly output?: string;
  readonly dryRun: boolean;
  readonly force: boolean;
}

const program = new Command('staging-pipeline import')
  .description(
    'Writes the typed definition of workflows that are YAML. What the layer has no type for stands in the definition as it was, with a comment that begins "Not typed" and says why; compiled again, a definition means the same. The YAML stays: `build` writes over it where it is called <id>.yml.',
  )
  .argument('<paths...>', 'YAML files of workflows, or folders with such')
  .option(
    '-o, --output <path>',
    'the folder for the definitions, or of one the file; "-" prints it; the folder of the settings without',
  )
  .option('--dry-run', 'print the definitions, and write nothing', false)
  .option('--force', 'overwrite definitions that exist', false);

type Read = Extract<Outcome, { readonly imported: Imported }>;

/** Writes typed definitions of workflows; returns 1 where one could not be read. */
export async function run({ words }: Invocation): Promise<number> {
  const { args } = program.parse(words, { from: 'user' });
  const { output, dryRun, force } = program.opts<Options>();
  // With its settings come the actions that a project has added.
  const repository = await openRepository(process.cwd()).catch(knownError);
  const outcomes = await readWorkflows(args);
  const read = outcomes.filter((each): each is Read => 'imported' in each);
  if (output?.endsWith('.ts') && read.length > 1)
    throw new UserError(`${output} is one file: --output names a folder for several workflows`);
  const toPrint = dryRun || output === '-';
  const folder =
    output !== undefined && output !== '-' ? resolve(output) : ownFolder(repository, toPrint);
  const targets = new Map(read.map((each) => [each, targetOf(each.imported, folder)]));
  if (!toPrint) demandFree([...targets.values()], force);
  for (const [{ path, imported }, target] of targets) {
    const source = await formattedLikeRepository(imported.source, target);
    if (toPrint) {
      console.log(read.length > 1 ? `// ${shortPath(target)}, from ${path}\n\n${source}` : source);
      continue;
    }
    await writeDefinition(target, source);
    console.log(`wrote ${shortPath(target)} from ${path}`);
  }
  // Beside a definition that is printed, what is said of it goes another way.
  const say = toPrint ? console.error : console.log;
  for (const line of [...outcomes.flatMap(report), ...totals(outcomes)]) say(line);
  return outcomes.some((each) => 'wrong' in each) ? 1 : 0;
}

function knownError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

/** The folder of the settings; what is printed needs none. */
function ownFolder(repository: Repository | UserError, toPrint: boolean): string {
  if (!(repository instanceof UserError)) return join(repository.root, repository.folder);
  if (toPrint) return process.cwd();
  throw new UserError(`${repository.message} Or name a folder: --output workflows`, {
    cause: repository,
  });
}
