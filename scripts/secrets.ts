import { main } from './main.ts';
import { type NeededSetting, neededSettings } from './needed-settings.ts';
import { compileWorkflows } from './workflows.ts';

await main(async () => {
  const byPlace = Map.groupBy(
    neededSettings(await compileWorkflows()),
    ({ environment }) => environment,
  );
  for (const [environment, settings] of byPlace) {
    console.log(environment === '' ? 'The repository' : `The environment ${environment}`);
    for (const setting of settings) console.log(described(setting));
  }
  console.log(
    'Each command asks for the value. Where GitHub shows them: Settings → Secrets and variables → Actions, and Settings → Environments.',
  );
  return 0;
});

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
