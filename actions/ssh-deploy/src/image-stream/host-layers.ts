import type { SshSession } from '../../../shared/src/ssh/session.ts';
import { chainIds, type DiffIds } from './chains.ts';

/** The layers of every image on the host. */
export type HostLayers = () => Promise<readonly DiffIds[]>;

// An image that is removed between the two commands is only one that is sent again.
const script = `set -eu
images=$(docker image ls --all --no-trunc --quiet)
[ -n "$images" ] || exit 0
docker image inspect --format 'layers={{range .RootFS.Layers}}{{.}} {{end}}' $images || :
`;

/** Asks the host's engine itself. */
export function askForLayers(session: SshSession): HostLayers {
  return async () => {
    const { stdout } = await session.run(['sh', '-c', script], { timeout: 60_000 });
    return parseLayers(stdout);
  };
}

/** Reads lines `layers=sha256:… sha256:…`, one for each image, lowest layer first; passes over other lines. */
export function parseLayers(text: string): DiffIds[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('layers='))
    .map((line) => line.slice('layers='.length).split(' ').filter(Boolean))
    .filter((diffIds) => diffIds.every((diffId) => /^sha256:[0-9a-f]{64}$/.test(diffId)));
}

/** The chain ids of all layers on the host. */
export function knownChains(layers: readonly DiffIds[]): Set<string> {
  return new Set(layers.flatMap(chainIds));
}
