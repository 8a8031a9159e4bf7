import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../shared/src/command.ts';
import type { SshSession } from '../../../shared/src/ssh.ts';

export interface StreamOptions {
  /** Where the images are kept on their way; the runner's own temporary directory. */
  readonly temporaryDirectory: string;
  readonly onProgress: (line: string) => void;
}

export interface StreamedImages {
  /** By service, what the Compose file has to name, with `pull_policy: never`; only ever this very image. */
  readonly references: ReadonlyMap<string, string>;
  readonly bytesSent: number;
}

/** Brings images from this machine's engine to the host's over the connection; `images` has their names by service. */
export async function streamImages(
  session: SshSession,
  images: ReadonlyMap<string, string>,
  { temporaryDirectory, onProgress }: StreamOptions,
): Promise<StreamedImages> {
  const references = new Map<string, string>();
  for (const [service, name] of images) {
    const inspect = ['image', 'inspect', '--format', '{{.Id}}', name];
    const { stdout } = await runCommand('docker', inspect, { timeout: 60_000 });
    const id = stdout.trim();
    const reference = `azals-staging.local/${service.toLowerCase()}:${id.replace('sha256:', '')}`;
    await runCommand('docker', ['image', 'tag', id, reference], { timeout: 60_000 });
    references.set(service, reference);
  }
  const directory = await mkdtemp(join(temporaryDirectory, 'images-'));
  try {
    const archive = join(directory, 'images.tar');
    await runCommand('docker', ['image', 'save', '--output', archive, ...references.values()]);
    const { size } = await stat(archive);
    onProgress(`sending ${size} bytes of images`);
    await session.run(['docker', 'load', '--quiet'], { input: createReadStream(archive) });
    return { references, bytesSent: size };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
