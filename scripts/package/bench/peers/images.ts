import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestBed } from '../../../../tests/host/bed.ts';
import { docker } from '../../../local/machine/engine.ts';

/** The images of one version, which every peer deploys. */
export interface PeerImages {
  readonly version: string;
  /** By digest. */
  readonly api: string;
  readonly frontend: string;
}

const layerBytes = 4_000_000;

/** The name under which a service is known to a peer that wants it in a label of the image. */
export const labelled = (service: 'api' | 'frontend') => `bench-${service}`;

/**
 * Makes versions of the application: of the API each has one layer of its own, all random, and the frontend stays the same.
 */
export async function makeVersions(bed: TestBed, count: number): Promise<PeerImages[]> {
  const base = await bed.images();
  const directory = await mkdtemp(join(tmpdir(), 'bench-peers-'));
  try {
    const build = async (
      service: 'api' | 'frontend',
      version: string,
      lines: readonly string[],
    ) => {
      const tag = `${bed.registry.address}/bench/${service}:${version}`;
      const label = `LABEL service=${labelled(service)}`;
      const text = [`FROM ${base[service]}`, ...lines, `ENV VERSION=${version}`, label, ''].join(
        '\n',
      );
      await writeFile(join(directory, 'Dockerfile'), text);
      await docker(bed.engine, ['build', '--quiet', '--pull', '--tag', tag, directory]);
      await docker(bed.engine, ['push', '--quiet', tag]);
      const format = '{{range .RepoDigests}}{{println .}}{{end}}';
      const digests = await docker(bed.engine, ['image', 'inspect', '--format', format, tag]);
      await docker(bed.engine, ['image', 'rm', '--force', tag]);
      const digest = digests
        .split('\n')
        .find((each) => each.startsWith(`${bed.registry.address}/`));
      if (digest === undefined) throw new Error(`the registry gave ${tag} no digest`);
      return digest;
    };
    const versions: PeerImages[] = [];
    for (let number = 1; number <= count; number += 1) {
      const version = `peers${number}`;
      await writeFile(join(directory, 'layer'), randomBytes(layerBytes));
      const api = await build('api', version, ['COPY layer /layer']);
      const frontend = versions[0]?.frontend ?? (await build('frontend', version, []));
      versions.push({ version, api, frontend });
    }
    return versions;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
