/** The parts of an image's name, as Docker reads them. */
export interface ImageReference {
  /** `docker.io` where the name gives none. */
  readonly registry: string;
  /** Without the registry, `library/` included. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const part = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;

/** Takes an image's name apart; undefined where Docker would refuse it. */
export function parseImage(name: string): ImageReference | undefined {
  const [named = '', digest, ...more] = name.split('@');
  const [, path = '', tag] = /^(.*?)(?::([^/:]*))?$/.exec(named) ?? [];
  const [first = '', ...rest] = path.split('/');
  const namesRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const parts = namesRegistry ? rest : [first, ...rest];
  const registry = namesRegistry ? first : 'docker.io';
  const wrong =
    more.length > 0 ||
    parts.some((each) => !part.test(each)) ||
    (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) ||
    (digest !== undefined && !/^[a-z0-9]+:[0-9a-f]{32,}$/.test(digest));
  if (wrong) return undefined;
  const official = registry.endsWith('docker.io') && parts.length === 1;
  return {
    registry: registry === 'index.docker.io' ? 'docker.io' : registry,
    repository: official ? `library/${parts[0]}` : parts.join('/'),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Where an image of Docker Hub lies in a mirror of it: `library/postgres:15`; undefined for any other image. */
export function pathInMirror(name: string): string | undefined {
  const image = parseImage(name);
  if (image?.registry !== 'docker.io' || image.digest !== undefined) return undefined;
  return `${image.repository}:${image.tag ?? 'latest'}`;
}
