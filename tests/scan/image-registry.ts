import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** An image of a test. */
export interface TestImage {
  /** Files of its one layer, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly env?: readonly string[];
  readonly user?: string;
  /** What its history says that made the layer. */
  readonly madeBy?: string;
}

/** A registry of a test, which speaks as much of the protocol as a scanner asks for. */
export interface ImageRegistry extends AsyncDisposable {
  /** Keeps an image; gives its reference by digest. */
  push(name: string, image: TestImage): Promise<string>;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** Starts a registry; with a login it gives nothing to others. */
export async function startRegistry(login?: Login): Promise<ImageRegistry> {
  const kept = new Map<string, Buffer>();
  const wanted =
    login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    if (wanted !== undefined && request.headers.authorization !== wanted) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end();
      return;
    }
    const [, kind, digest = ''] = /\/(manifests|blobs)\/(sha256:[0-9a-f]{64})$/.exec(
      request.url ?? '',
    ) ?? [undefined, 'root'];
    const content = kept.get(digest);
    if (kind !== 'root' && content === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': kind === 'manifests' ? manifestType : 'application/octet-stream',
      'Content-Length': content?.length ?? 0,
      'Docker-Content-Digest': digest,
    });
    response.end(request.method === 'HEAD' ? undefined : content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const keep = (content: Buffer) => {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    kept.set(digest, content);
    return { digest, size: content.length };
  };
  return {
    push: async (name, image) => {
      const layer = keep(await layerOf(image.files));
      const configuration = keep(Buffer.from(JSON.stringify(configurationOf(image, layer.digest))));
      const manifest = {
        schemaVersion: 2,
        mediaType: manifestType,
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...configuration },
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
      };
      const { digest } = keep(Buffer.from(JSON.stringify(manifest)));
      return `localhost:${port}/shop/${name}@${digest}`;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function layerOf(files: TestImage['files']): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return await buffer(tar);
}

function configurationOf(image: TestImage, diffId: string): object {
  const { env = [], user = '10001', madeBy = 'COPY . /' } = image;
  return {
    architecture: 'amd64',
    os: 'linux',
    config: { Env: env, User: user, Healthcheck: { Test: ['CMD', 'true'] } },
    rootfs: { type: 'layers', diff_ids: [diffId] },
    history: [
      { created_by: madeBy },
      { created_by: `USER ${user}`, empty_layer: true },
      { created_by: 'HEALTHCHECK CMD true', empty_layer: true },
    ],
  };
}

/** The files by which a scanner knows Debian and its packages, as `name=version`. */
export function debian(
  packages: Readonly<Record<string, string>>,
  { version = '12', codename = 'bookworm' } = {},
): TestImage['files'] {
  const status = Object.entries(packages).map(([name, each]) =>
    [
      `Package: ${name}`,
      'Status: install ok installed',
      'Maintainer: Nobody <nobody@example.test>',
      'Architecture: amd64',
      `Version: ${each}`,
      'Description: of a test',
    ].join('\n'),
  );
  return {
    'etc/debian_version': `${version}.5\n`,
    'etc/os-release': `ID=debian\nVERSION_ID="${version}"\nVERSION_CODENAME=${codename}\n`,
    'var/lib/dpkg/status': `${status.join('\n\n')}\n`,
  };
}

/** The files of a Python package that is installed in an image. */
export function pythonPackage(name: string, version: string): TestImage['files'] {
  return {
    [`opt/venv/lib/python3.11/site-packages/${name}-${version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
  };
}
