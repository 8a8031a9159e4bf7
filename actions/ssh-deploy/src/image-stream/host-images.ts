import type { SshSession } from '../../../shared/src/ssh/session.ts';

// A name that is not there is an answer, an engine that does not answer an error.
const script = `set -eu
docker version --format '{{.Server.Version}}' > /dev/null
store=layers
case $(docker info --format '{{.DriverStatus}}') in *io.containerd.snapshotter*) store=containerd ;; esac
printf 'store=%s\\n' "$store"
for name do
  printf '%s=%s\\n' "$name" "$(docker image inspect --format '{{.Id}}' "$name" 2> /dev/null)"
done
`;

/** What the host's engine says of some images. */
export interface HostImages {
  /** The ids of the images by the names asked for; a name that is not there is missing. */
  readonly ids: ReadonlyMap<string, string>;
  /**
   * Whether a load does without the layers that the engine has. With containerd's image store it needs the compressed
   * layers themselves, and an image whose layers are missing can look like one that is whole.
   */
  readonly reusesLayers: boolean;
}

/** Asks the host's engine for its images of these names. */
export async function askForImages(
  session: SshSession,
  names: readonly string[],
): Promise<HostImages> {
  const words = ['sh', '-c', script, 'host-images', ...names];
  const { stdout } = await session.run(words, { timeout: 60_000 });
  const answers = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [name = '', value = ''] = line.split('=');
    if (value !== '') answers.set(name, value);
  }
  const reusesLayers = answers.get('store') === 'layers';
  answers.delete('store');
  return { ids: answers, reusesLayers };
}
