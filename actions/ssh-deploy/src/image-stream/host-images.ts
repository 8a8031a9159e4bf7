import type { SshSession } from '../../../shared/src/ssh.ts';

// A name that is not there is an answer, an engine that does not answer an error.
const script = `set -eu
docker version --format '{{.Server.Version}}' > /dev/null
for name do
  printf '%s=%s\\n' "$name" "$(docker image inspect --format '{{.Id}}' "$name" 2> /dev/null)"
done
`;

/** The ids of the images that have these names on the host; a name that is not there is missing. */
export async function idsOnHost(
  session: SshSession,
  names: readonly string[],
): Promise<Map<string, string>> {
  const words = ['sh', '-c', script, 'image-ids', ...names];
  const { stdout } = await session.run(words, { timeout: 60_000 });
  const lines = stdout.split('\n').map((line) => line.split('='));
  return new Map(lines.flatMap(([name, id]) => (name && id ? [[name, id] as const] : [])));
}
