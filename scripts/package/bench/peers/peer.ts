import { execa } from 'execa';
import type { TestBed } from '../../../../tests/host/bed.ts';
import type { PeerImages } from './images.ts';

/** Something that deploys, with a stack of its own on the server that all share. */
export interface Peer extends AsyncDisposable {
  readonly name: string;
  /** The port of the server on which its application answers. */
  readonly port: number;
  /**
   * Brings a version into service; the first one sets the stack up. `inside` goes before every command that is run for it
   * on the deploying machine.
   */
  deploy(images: PeerImages, inside: readonly string[]): Promise<void>;
  /** Goes back to a version that was live before. */
  rollBack(images: PeerImages, inside: readonly string[]): Promise<void>;
}

export interface CommandPlace {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command on the deploying machine. Throws where it fails, with what it printed. */
export async function runInside(
  inside: readonly string[],
  command: readonly string[],
  { cwd, env }: CommandPlace = {},
): Promise<void> {
  const [program = '', ...words] = [...inside, ...command];
  await execa(program, words, {
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env }),
    timeout: 600_000,
  });
}

export interface Place {
  readonly bed: TestBed;
  /** A directory for this peer's files here. */
  readonly directory: string;
}

/** Words of a command that runs a line of shell on the server, over a connection of its own. */
export function overSsh({ bed }: Place, line: string): string[] {
  const { host, port, user, identityFile, knownHostsFile } = bed.server.ssh;
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHostsFile}`,
  ];
  return [
    ...['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])],
    ...['-i', identityFile, '-p', String(port), `${user}@${host}`, line],
  ];
}
