import { remoteCommandLine } from '../../../actions/shared/src/ssh/remote-command.ts';
import type { Instance } from './instance.ts';
import type { Secrets } from './secrets.ts';
import { onStagingHost } from './staging-host.ts';

/** Runs the command that the settings name for after a deployment, in a container of the running release. */
export async function runAfterDeploy(instance: Instance, { passwords }: Secrets): Promise<void> {
  const { afterDeploy, baseDirectory, composeFile } = {
    ...instance.project,
    ...instance.project.local,
  };
  if (!afterDeploy) return;
  const names = afterDeploy.passwords ?? [];
  // Passwords travel on standard input, a line each.
  const read = names.map((name) => `IFS= read -r ${name} && export ${name} && `).join('');
  const words = [
    ...['docker', 'compose', '-f', composeFile.replace(/^.*\//, ''), 'exec', '-T'],
    ...names.flatMap((name) => ['-e', name]),
    ...[afterDeploy.service, ...afterDeploy.command],
  ];
  const folder = remoteCommandLine(['cd', `${baseDirectory}/current`]);
  const command = `${folder} && ${read}${remoteCommandLine(words)}`;
  const lines = names.map((name) => `${passwords[name] ?? ''}\n`);
  await onStagingHost(instance, command, lines.join(''));
}
