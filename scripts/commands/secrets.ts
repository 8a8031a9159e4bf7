import { Command } from 'commander';
import { type NeededSetting, neededSettings } from '../build/needed-settings.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository } from '../repository/repository.ts';

const program = new Command('staging-pipeline secrets').description(
  'Prints every secret and variable that the workflows need, who uses it, and the command that sets it.',
);

/** Prints what GitHub has to have. */
export async function run({ words }: Invocation): Promise<number> {
  program.parse(words, { from: 'user' });
  const workflows = await compileWorkflows(await openRepository(process.cwd()));
  const byPlace = Map.groupBy(neededSettings(workflows), ({ environment }) => environment);
  for (const [environment, settings] of byPlace) {
    console.log(environment === '' ? 'The repository' : `The environment ${environment}`);
    for (const setting of settings) console.log(described(setting));
  }
  console.log(
    'Each command asks for the value. Where GitHub shows them: Settings → Secrets and variables → Actions, and Settings → Environments.',
  );
  return 0;
}

function described(setting: NeededSetting): string {
  const { kind, name, description, environment, required, users } = setting;
  const where = environment === '' ? '' : ` --env ${environment}`;
  return [
    `  ${kind} ${name}${required ? '' : ' (may stay empty)'}`,
    `    ${description.replaceAll('`', '')}`,
    `    used by ${users.join(', ') || 'nobody'}`,
    `    gh ${kind} set ${name}${where}`,
    '',
  ].join('\n');
}
