import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SshSession } from '../../actions/shared/src/ssh/session.ts';
import { readArchive } from '../../actions/ssh-deploy/src/image-stream/archive.ts';
import { chainIds } from '../../actions/ssh-deploy/src/image-stream/chains.ts';
import { hostReference } from '../../actions/ssh-deploy/src/image-stream/references.ts';
import {
  type StreamedImages,
  streamImages,
} from '../../actions/ssh-deploy/src/image-stream/stream-images.ts';
import { transferImages } from '../../actions/ssh-deploy/src/image-stream/transfer.ts';
import { ensureLocalImages } from '../../scripts/local/base-images/ensure-images.ts';
import { docker, type Engine, ensureEngine } from '../../scripts/local/machine/engine.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { type BuiltImages, builtImages, incompressible } from './built-images.ts';
import { type ImageHost, startImageHost } from './image-host.ts';
import { toLegacyLayout } from './legacy-archive.ts';

const megabyte = 1_000_000;
const little = 100_000;
const withoutDocker = await whyNoDocker();

describe.skipIf(withoutDocker)(`images${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let engine: Engine;
  let images: BuiltImages;
  let temporaryDirectory: string;
  const base = incompressible(4 * megabyte);

  beforeAll(async () => {
    engine = await ensureEngine();
    await ensureLocalImages(engine);
    for (const [name, value] of Object.entries(engine.env)) vi.stubEnv(name, value);
    images = builtImages(engine);
    temporaryDirectory = await mkdtemp(join(tmpdir(), 'stream-'));
  });
  afterAll(async () => {
    await images?.[Symbol.asyncDispose]();
    if (temporaryDirectory) await rm(temporaryDirectory, { recursive: true });
    vi.unstubAllEnvs();
  });

  /** Sends images, and returns also what a person would read. */
  async function stream(
    session: SshSession,
    wanted: Readonly<Record<string, string>>,
    more: Partial<Parameters<typeof streamImages>[2]> = {},
  ): Promise<StreamedImages & { readonly log: string }> {
    const lines: string[] = [];
    const streamed = await streamImages(session, new Map(Object.entries(wanted)), {
      temporaryDirectory,
      onProgress: (line) => lines.push(line),
      ...more,
    });
    expect(await readdir(temporaryDirectory)).toEqual([]);
    return { ...streamed, log: lines.join('\n') };
  }

  describe('sent to a host whose engine keeps layers', () => {
    let host: ImageHost;

    beforeAll(async () => {
      host = await startImageHost(engine);
    });
    afterAll(() => host?.[Symbol.asyncDispose]());

    const idOnHost = async (name: string) =>
      (await host.onHost(`docker image inspect --format '{{.Id}}' ${name}`)).trim();

    it('arrive whole, under a name that Compose takes without a pull and a prune leaves alone', async () => {
      const api = await images.build('new-api', [base, incompressible(megabyte)]);
      const web = await images.build('new-web', [base, incompressible(megabyte)]);
      await using session = await host.connect();
      const sent = await stream(session, { api, web, worker: api });
      // What they share goes over the line once.
      expect(sent.bytesSent).toBeGreaterThan(6 * megabyte);
      expect(sent.bytesSent).toBeLessThan(6 * megabyte + little);
      expect(sent.log).toBe('Images: sending 3 layers; the host has 0 more of them.');
      await host.onHost('docker image prune --force');
      for (const [service, name] of Object.entries({ api, web, worker: api })) {
        const reference = sent.references.get(service) ?? '';
        const id = await images.id(name);
        expect(reference).toBe(hostReference(service, id));
        expect(await idOnHost(reference)).toBe(id);
        const compose = JSON.stringify({
          name: 'created',
          services: { [service]: { image: reference, pull_policy: 'never' } },
        });
        await host.onHost(`echo '${compose}' | docker compose --file - create`);
        const container = `created-${service}-1`;
        const format = '{{.Image}}';
        expect(await host.onHost(`docker inspect --format '${format}' ${container}`)).toBe(id);
        await host.onHost(`echo '${compose}' | docker compose --file - down`);
      }
    });

    it('are not sent again, even if only their layers are there', async () => {
      const api = await images.build('same', [base, incompressible(megabyte)]);
      await using session = await host.connect();
      const first = await stream(session, { api });
      const second = await stream(session, { api });
      expect(second).toMatchObject({ bytesSent: 0, references: first.references });
      expect(second.log).toBe('Images: all are on the host.');
      const reference = first.references.get('api');
      await host.onHost(`docker tag ${reference} pulled-by:somebody; docker image rm ${reference}`);
      const third = await stream(session, { api });
      expect(third).toMatchObject({ layersSent: 0, layersLeftOut: 2 });
      expect(third.bytesSent).toBeGreaterThan(0);
      expect(third.bytesSent).toBeLessThan(little);
      expect(await idOnHost(reference ?? '')).toBe(await images.id(api));
    });

    it('cost one layer where one layer changed', async () => {
      const old = await images.build('old', [base, incompressible(megabyte)]);
      const changed = await images.build('changed', [base, incompressible(megabyte)]);
      await using session = await host.connect();
      await stream(session, { api: old });
      const sent = await stream(session, { api: changed });
      expect(sent).toMatchObject({ layersSent: 1, layersLeftOut: 1 });
      expect(sent.bytesSent).toBeGreaterThan(megabyte);
      expect(sent.bytesSent).toBeLessThan(megabyte + little);
      expect(await idOnHost(sent.references.get('api') ?? '')).toBe(await images.id(changed));
    });

    it('take a layer along that the host has, but on another base', async () => {
      const application = incompressible(megabyte);
      const before = await images.build('before', [incompressible(megabyte), application]);
      const after = await images.build('after', [incompressible(megabyte), application]);
      expect((await images.layers(after))[1]).toBe((await images.layers(before))[1]);
      await using session = await host.connect();
      await stream(session, { api: before });
      const sent = await stream(session, { api: after });
      expect(sent).toMatchObject({ layersSent: 2, layersLeftOut: 0 });
      expect(sent.log).not.toContain('Sending every layer');
      expect(await idOnHost(sent.references.get('api') ?? '')).toBe(await images.id(after));
    });

    it('are sent whole where the host has lost what it said it had', async () => {
      const api = await images.build('lost', [incompressible(megabyte), incompressible(megabyte)]);
      const layers = await images.layers(api);
      await using session = await host.connect();
      const sent = await stream(session, { api }, { hostLayers: async () => [layers] });
      expect(sent).toMatchObject({ layersSent: 2, layersLeftOut: 0 });
      expect(sent.log).toMatch(
        /the host did not take them that way \(.*no such file.*\)\. Sending every layer\./,
      );
      expect(await idOnHost(sent.references.get('api') ?? '')).toBe(await images.id(api));
    });

    it('leave nothing behind when the connection breaks half way, and arrive the next time', async () => {
      const contents = () =>
        host.onHost(
          "cd /var/lib/docker; docker image ls --all --format '{{.Repository}}:{{.Tag}} {{.ID}}' | sort; ls image/*/layerdb/sha256 overlay2",
        );
      const api = await images.build('cut', [incompressible(megabyte), incompressible(megabyte)]);
      const before = await contents();
      {
        await using session = await host.connect();
        const broken = await breaking(session, host, megabyte);
        await expect(stream(broken, { api })).rejects.toThrow(
          /SSH connection to deploy@127\.0\.0\.1/,
        );
      }
      expect(await readdir(temporaryDirectory)).toEqual([]);
      const left = () => host.onHost('find /var/lib/docker/tmp -mindepth 1 | wc -l');
      await expect.poll(left, { timeout: 20_000 }).toBe('0');
      expect(await contents()).toBe(before);
      await using session = await host.connect();
      const sent = await stream(session, { api });
      expect(await idOnHost(sent.references.get('api') ?? '')).toBe(await images.id(api));
    });

    it('arrive from an engine older than 25 too, whose archives look different', async () => {
      const shared = incompressible(megabyte);
      const layers = [base, shared, incompressible(megabyte)];
      const known = await images.build('known', [base]);
      const api = await images.build('legacy-api', layers);
      const web = await images.build('legacy-web', [shared, incompressible(megabyte)]);
      const directory = await mkdtemp(join(tmpdir(), 'legacy-'));
      const saved = join(directory, 'saved.tar');
      await docker(engine, ['image', 'save', '--output', saved, api, web]);
      const legacy = join(directory, 'legacy.tar');
      await toLegacyLayout(await readArchive(saved), legacy);
      const archive = await readArchive(legacy);
      await using session = await host.connect();
      await stream(session, { api: known });
      const wanted = await Promise.all(
        Object.entries({ api, web }).map(async ([service, name]) => {
          const id = await images.id(name);
          return { service, id, size: 0, hostReference: hostReference(service, id) };
        }),
      );
      const sent = await transferImages(
        { session, archive, images: wanted, onProgress: (line) => expect(line).toContain('send') },
        new Set(chainIds(await images.layers(known))),
      );
      // The shared file is in the archive once, with a link to it; only the base is on the host.
      expect(sent).toMatchObject({ layersSent: 3, layersLeftOut: 1 });
      expect(sent.bytesSent).toBeLessThan(3 * megabyte + little);
      for (const { id, hostReference: reference } of wanted)
        expect(await idOnHost(reference)).toBe(id);
      await rm(directory, { recursive: true });
    });
  });

  describe("sent to a host with containerd's image store", () => {
    let host: ImageHost;

    beforeAll(async () => {
      host = await startImageHost(engine, { features: { 'containerd-snapshotter': true } });
    });
    afterAll(() => host?.[Symbol.asyncDispose]());

    it('arrive whole although layers are there already, and are not sent again', async () => {
      const old = await images.build('store-old', [base, incompressible(megabyte)]);
      const api = await images.build('store-api', [base, incompressible(megabyte)]);
      const web = await images.build('store-web', [base, incompressible(megabyte)]);
      await using session = await host.connect();
      await stream(session, { api: old });
      // Even where somebody says that the host has layers, an incomplete image must not come about.
      const layers = await images.layers(old);
      const sent = await stream(session, { api, web }, { hostLayers: async () => [layers] });
      expect(sent).toMatchObject({ layersSent: 3, layersLeftOut: 0 });
      for (const reference of sent.references.values()) {
        expect(await host.onHost(`docker create ${reference}`)).toMatch(/^[0-9a-f]{64}$/m);
        const files = await host.onHost(`docker image save ${reference} | tar -t`);
        expect(files.match(/blobs\/sha256\/[0-9a-f]{64}$/gm)?.length).toBeGreaterThanOrEqual(4);
      }
      const again = await stream(session, { api, web });
      expect(again).toMatchObject({ bytesSent: 0, references: sent.references });
    });
  });
});

/** A session whose connection is ended on the host's side after so many bytes of input. */
async function breaking(session: SshSession, host: ImageHost, bytes: number): Promise<SshSession> {
  // The parent is the frame around this command, whose own is sshd.
  const { stdout: server } = await session.run(['sh', '-c', 'ps -o ppid= -p "$PPID"']);
  const cut = `[ "$(cat /proc/${server.trim()}/comm)" = sshd ] && kill -KILL ${server.trim()}`;
  return {
    run: async (words, options) => {
      if (!(options?.input instanceof Readable)) return await session.run(words, options);
      let passed = 0;
      const input = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          const cutNow = passed < bytes && passed + chunk.length >= bytes;
          passed += chunk.length;
          if (cutNow) host.onHost(cut).then(() => done(null, chunk), done);
          else done(null, chunk);
        },
      });
      return await session.run(words, { ...options, input: options.input.pipe(input) });
    },
    reopen: (options) => session.reopen(options),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
