import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { remoteCommandLine } from '../../../actions/shared/src/ssh/remote-command.ts';
import type { Instance } from './instance.ts';
import type { Secrets } from './secrets.ts';
import { onStagingHost } from './staging-host.ts';

/** Writes the files that the settings want on the staging server, as an operator of a real one does by hand. */
export async function writeServerFiles(
  { project, ...instance }: Instance,
  { passwords }: Secrets,
): Promise<void> {
  for (const [path, content] of Object.entries(project.local.serverFiles ?? {})) {
    const file = `${project.baseDirectory}/${path}`;
    // The words travel quoted, the text on standard input.
    const script = 'mkdir -p "$1" && cat > "$2"';
    const command = remoteCommandLine(['sh', '-c', script, 'sh', dirname(file), file]);
    const text = content.replaceAll(/\{md5:(\w+)\}/g, (_, name: string) =>
      md5(passwords[name] ?? ''),
    );
    await onStagingHost({ project, ...instance }, command, text);
  }
}

/** As nginx compares it: Base64 for URLs, without padding. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('base64url');
}
