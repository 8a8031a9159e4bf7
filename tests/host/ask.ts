import type { StagingServer } from './staging-server.ts';

/** The version that the API and the frontend said, of each of `count` requests, without repetitions. */
export async function versionsAnswering(server: StagingServer, count = 20): Promise<string[]> {
  const seen = new Set<string>();
  for (let number = 0; number < count; number += 1) {
    const path = number % 2 === 0 ? '/api/version' : '/version';
    const answer = await fetch(server.url + path, { signal: AbortSignal.timeout(15_000) });
    const said = (await answer.json()) as { version?: string; detail?: string };
    seen.add(said.version ?? `${answer.status} on ${path}: ${said.detail}`);
  }
  return [...seen];
}

/** The version of the release that answers all of 20 requests; throws where there are several, or failures. */
export async function onlyVersion(server: StagingServer): Promise<string> {
  const [version, ...others] = await versionsAnswering(server);
  if (version === undefined || others.length > 0 || version.includes(' '))
    throw new Error(
      `Staging does not answer from one whole release: ${[version, ...others].join('; ')}`,
    );
  return version;
}
