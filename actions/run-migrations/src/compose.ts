/** Where a release's files are on the host. */
export interface ReleasePaths {
  readonly release: string;
  readonly directory: string;
  readonly composeFile: string;
  readonly environmentFile: string;
  readonly lock: string;
  /** The script that the release was staged with. */
  readonly executor: string;
  readonly baseDirectory: string;
}

/** The paths of a release under the base directory. */
export function releasePaths(
  baseDirectory: string,
  release: string,
  composeFile: string,
): ReleasePaths {
  const directory = `${baseDirectory}/releases/${release}`;
  return {
    release,
    directory,
    composeFile: `${directory}/${composeFile}`,
    environmentFile: `${directory}/.env.staging`,
    lock: `${baseDirectory}/state/lock`,
    executor: `${directory}/executor.sh`,
    baseDirectory,
  };
}

/** `docker compose` with the files of a release. */
export function composeWords(paths: ReleasePaths, ...words: readonly string[]): string[] {
  return [
    'docker',
    'compose',
    '--ansi',
    'never',
    '--project-directory',
    paths.directory,
    '--env-file',
    paths.environmentFile,
    '--file',
    paths.composeFile,
    ...words,
  ];
}

/** The services that `service` depends on according to a parsed Compose file, directly or through another one. */
export function dependenciesOf(compose: unknown, service: string): string[] {
  const services = property(compose, 'services');
  const found = new Set<string>();
  const queue = [service];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const dependsOn = property(property(services, next), 'depends_on');
    const names = Array.isArray(dependsOn) ? dependsOn.map(String) : Object.keys(dependsOn ?? {});
    for (const name of names) {
      if (found.has(name)) continue;
      found.add(name);
      queue.push(name);
    }
  }
  return [...found].sort();
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}
