import { expect, it } from 'vitest';
import { readArchive } from '../../src/image-stream/archive.ts';
import { chainIds, sha256 } from '../../src/image-stream/chains.ts';
import { knownFiles } from '../../src/image-stream/known-files.ts';
import { nameImages } from '../../src/image-stream/names.ts';
import { rewriteArchive, UnreadableArchive } from '../../src/image-stream/rewrite.ts';
import { blob, configuration, readTar, writeArchive } from './archives.ts';

const image = (service: string, id: string) => ({
  service,
  id,
  size: 0,
  hostReference: `staging-pipeline.local/${service}:${id.slice('sha256:'.length)}`,
});
const chainsOf = (...layers: string[]) => new Set(chainIds(layers.map(sha256)));

/** Two images as Docker 25 and newer saves them by their ids: index.json has only one of them. */
function ociLayout() {
  const [base, api, web] = ['base layer', '{"a layer": "like JSON"}', 'web layer'].map(blob);
  if (!base || !api || !web) throw new Error('three blobs');
  const apiConfiguration = blob(configuration(['base layer', '{"a layer": "like JSON"}'], 'api'));
  // The web image has the base's files, too, but on top of its own.
  const webConfiguration = blob(configuration(['web layer', 'base layer'], 'web'));
  const manifestOf = (config: ReturnType<typeof blob>) =>
    blob({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { digest: config.digest, size: config.size },
      layers: [],
    });
  const manifests = [manifestOf(apiConfiguration), manifestOf(webConfiguration)] as const;
  const [apiManifest, webManifest] = manifests;
  const blobs = [base, api, web, apiConfiguration, webConfiguration, ...manifests];
  const entries = [
    { name: 'blobs/', type: 'directory' as const },
    ...blobs.map(({ entry }) => entry),
    ['index.json', { schemaVersion: 2, manifests: [{ digest: apiManifest.digest, size: 3 }] }],
    [
      'manifest.json',
      [
        {
          Config: apiConfiguration.path,
          RepoTags: ['old:name'],
          Layers: [base.path, api.path],
          LayerSources: { kept: true },
        },
        { Config: webConfiguration.path, RepoTags: null, Layers: [web.path, base.path] },
      ],
    ],
    ['oci-layout', { imageLayoutVersion: '1.0.0' }],
  ] as const;
  return { base, api, web, apiConfiguration, webConfiguration, apiManifest, webManifest, entries };
}

it('reads what images an archive has, and the chains of their layers', async () => {
  const { base, api, web, apiConfiguration, webConfiguration, entries } = ociLayout();
  await using written = await writeArchive(entries);
  const { images } = await readArchive(written.file);
  expect(images).toEqual([
    {
      config: apiConfiguration.digest,
      layers: [
        { file: base.path, chain: base.digest },
        { file: api.path, chain: sha256(`${base.digest} ${api.digest}`) },
      ],
    },
    {
      config: webConfiguration.digest,
      layers: [
        { file: web.path, chain: web.digest },
        { file: base.path, chain: sha256(`${web.digest} ${base.digest}`) },
      ],
    },
  ]);
});

it('leaves a file out only if the host has it on every base that it lies on', async () => {
  const { base, api, web, entries } = ociLayout();
  await using written = await writeArchive(entries);
  const archive = await readArchive(written.file);
  const apiChains = chainsOf('base layer', '{"a layer": "like JSON"}');
  expect(knownFiles(archive, new Set())).toEqual(new Set());
  expect(knownFiles(archive, apiChains)).toEqual(new Set([api.path]));
  expect(knownFiles(archive, chainsOf('web layer'))).toEqual(new Set([web.path]));
  const all = new Set([...apiChains, ...chainsOf('web layer', 'base layer')]);
  expect(knownFiles(archive, all)).toEqual(new Set([base.path, api.path, web.path]));
});

it('names the images for both kinds of image stores, also the one that index.json forgets', async () => {
  const { apiConfiguration, webConfiguration, apiManifest, webManifest, entries } = ociLayout();
  await using written = await writeArchive(entries);
  // The machine's engine may call an image by its configuration or by its manifest.
  const api = image('api', apiConfiguration.digest);
  const worker = image('worker', apiConfiguration.digest);
  const web = image('web', webManifest.digest);
  const { replaced, ids } = nameImages(await readArchive(written.file), [api, worker, web]);
  expect(JSON.parse(String(replaced.get('manifest.json')))).toMatchObject([
    { RepoTags: [api.hostReference, worker.hostReference], LayerSources: { kept: true } },
    { RepoTags: [web.hostReference] },
  ]);
  const described = (name: string, digest: string) => ({
    digest,
    annotations: { 'io.containerd.image.name': name },
  });
  const { manifests } = JSON.parse(String(replaced.get('index.json')));
  expect(manifests).toHaveLength(3);
  expect(manifests).toMatchObject([
    described(api.hostReference, apiManifest.digest),
    described(worker.hostReference, apiManifest.digest),
    { ...described(web.hostReference, webManifest.digest), size: webManifest.size },
  ]);
  expect(ids.get(worker.hostReference)).toEqual(
    new Set([apiConfiguration.digest, apiManifest.digest]),
  );
  expect(ids.get(web.hostReference)).toEqual(
    new Set([webConfiguration.digest, webManifest.digest]),
  );
});

it('finds an image behind an index of platforms and attestations', async () => {
  const { apiConfiguration, apiManifest, entries } = ociLayout();
  const platforms = blob({
    manifests: [{ digest: apiManifest.digest }, { digest: sha256('gone') }],
  });
  await using written = await writeArchive([
    ...entries.filter((entry) => !('0' in entry && entry[0] === 'index.json')),
    platforms.entry,
    ['index.json', { manifests: [{ digest: platforms.digest }] }],
  ]);
  const api = image('api', platforms.digest);
  const { replaced, ids } = nameImages(await readArchive(written.file), [api]);
  expect(JSON.parse(String(replaced.get('manifest.json')))[0].RepoTags).toEqual([
    api.hostReference,
  ]);
  expect(JSON.parse(String(replaced.get('index.json'))).manifests).toMatchObject([
    { digest: platforms.digest },
  ]);
  expect(ids.get(api.hostReference)).toEqual(new Set([platforms.digest, apiConfiguration.digest]));
});

it('copies an archive but for what is left out and what is replaced', async () => {
  const { base, web, entries } = ociLayout();
  await using written = await writeArchive(entries);
  const leftOut = new Set([base.path]);
  const replaced = new Map([['index.json', Buffer.from('new')]]);
  const copied = await readTar(rewriteArchive(written.file, { leftOut, replaced }));
  const names = entries.map((entry) => ('name' in entry ? entry.name : entry[0]));
  expect([...copied.keys()]).toEqual(names.filter((name) => name !== base.path));
  expect(copied.get('index.json')).toBe('new');
  expect(copied.get(web.path)).toBe('web layer');
});

it('says which archive cannot be read', async () => {
  const nothing = { leftOut: new Set<string>(), replaced: new Map() };
  const copied = readTar(rewriteArchive('/nowhere/images.tar', nothing));
  await expect(copied).rejects.toThrow(UnreadableArchive);
  await expect(copied).rejects.toThrow(/^\/nowhere\/images\.tar: ENOENT/);
});

it('reads the layout of Docker before 25, whose images share layers by links', async () => {
  const [one, two] = [configuration(['base', 'app'], 'one'), configuration(['base'], 'two')];
  await using written = await writeArchive([
    ['1/layer.tar', 'base'],
    ['2/layer.tar', 'app'],
    ['one.json', one],
    { name: '3/layer.tar', type: 'symlink', linkname: '../1/layer.tar' },
    ['two.json', two],
    [
      'manifest.json',
      [
        { Config: 'one.json', RepoTags: ['old:name'], Layers: ['1/layer.tar', '2/layer.tar'] },
        { Config: 'two.json', RepoTags: null, Layers: ['3/layer.tar'] },
      ],
    ],
  ]);
  const archive = await readArchive(written.file);
  expect(knownFiles(archive, chainsOf('base'))).toEqual(new Set(['1/layer.tar']));
  const named = image('two', sha256(JSON.stringify(two)));
  const { replaced, ids } = nameImages(archive, [named]);
  expect([...replaced.keys()]).toEqual(['manifest.json']);
  expect(JSON.parse(String(replaced.get('manifest.json')))).toMatchObject([
    { RepoTags: [] },
    { RepoTags: [named.hostReference] },
  ]);
  expect(ids.get(named.hostReference)).toEqual(new Set([named.id]));
});

it.each([
  ['no manifest.json', []],
  ['no gone.json', [['manifest.json', [{ Config: 'gone.json', Layers: [] }]]]],
  [
    'one.json has 1 layers, manifest.json 0',
    [
      ['one.json', configuration(['base'], 'one')],
      ['manifest.json', [{ Config: 'one.json', Layers: [] }]],
    ],
  ],
] as const)('refuses an archive that is none of Docker’s: %s', async (reason, entries) => {
  await using written = await writeArchive(entries);
  await expect(readArchive(written.file)).rejects.toThrow(reason);
});
